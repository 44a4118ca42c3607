//! The words that people use around talks: tables, and nothing but tables and their look-up.
//!
//! These are habits of writing found across many collections. No event, file or person of any
//! collection stands here.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::text::fold::fold;

/// Headings inside a talk: they never name one.
const INSIDE_TALK: &[&str] = &[
    "about", "about the speaker", "abstract", "agenda", "answers", "audience questions", "background",
    "bio", "bonus", "break", "caveats", "challenges", "cons", "coffee", "coffee break", "conclusion",
    "conclusions", "contents", "contact", "demo", "description", "details", "discussion", "example",
    "examples", "faq", "feedback", "follow up", "follow-up", "further reading", "goals", "info", "intro",
    "introduction", "issues", "key points", "key takeaways", "lessons", "lessons learned", "links",
    "lunch", "lunch break", "misc", "my thoughts", "next steps", "note", "notes", "outline", "overview",
    "photos", "points", "problem", "problems", "pros", "pros and cons", "q & a", "q and a", "q&a", "qa",
    "question", "questions", "questions and answers", "reading", "recap", "reference", "references",
    "related", "remarks", "resources", "results", "see also", "slides", "solution", "solutions",
    "speaker", "speakers", "strengths", "summary", "table of contents", "takeaway", "takeaways",
    "take aways", "the problem", "things to check out", "thoughts", "tips", "title", "tl;dr", "tldr",
    "to do", "todo", "toc", "tools", "transcript", "video", "weaknesses", "what next", "why", "wrap up",
    "wrap-up", "参考資料", "まとめ", "メモ", "感想", "目次", "总结", "參考資料", "about me", "about the talk",
    "about this talk", "acknowledgements", "action items", "actions", "additional resources",
    "additional notes", "announcements", "appendix", "architecture", "assumptions", "attendees",
    "audience", "benefits", "best practices", "bibliography", "bottom line", "characteristics",
    "classification", "code", "comments", "common mistakes", "comparison", "concepts", "configuration",
    "considerations", "context", "cost", "definition", "definitions", "demos", "deployment", "design",
    "development", "disclaimer", "essentials", "evaluation", "extra", "extras", "features",
    "final thoughts", "from the description", "future", "future work", "general", "general info",
    "general information", "general notes", "getting started", "goal", "history", "how", "how it works",
    "how to", "ideas", "impressions", "in summary", "infos", "information", "installation", "key ideas",
    "key learnings", "key messages", "key notes", "key take aways", "learnings",
    "learnings and takeaways", "legend", "limitations", "link", "literature", "location", "logistics",
    "main points", "main takeaways", "materials", "media", "meta", "method", "methodology", "methods",
    "model", "more", "more info", "more information", "more resources", "motivation", "my notes",
    "my take", "my takeaways", "observations", "open questions", "options", "other", "other notes",
    "other resources", "papers", "parking lot", "performance", "preface", "prerequisites", "principles",
    "problem statement", "program", "programme", "q and as", "q&a session", "q/a", "quick notes", "quote",
    "quotes", "random notes", "raw notes", "recommendations", "recording", "repo", "resources and links",
    "schedule", "scope", "security", "see", "setup", "side notes", "sources", "speaker bio", "stats",
    "status", "steps", "story", "strategy", "suggestions", "takeaways and notes", "talk", "talk notes",
    "talk description", "talk abstract", "tech stack", "techniques", "terminology", "testing",
    "the future", "the good", "the bad", "the ugly", "the solution", "timeline", "tl dr", "to read",
    "tooling", "topics", "tradeoffs", "trade-offs", "tricks", "types", "url", "urls", "use case",
    "use cases", "useful links", "videos", "vocabulary", "watch", "what", "what is it", "what's next",
    "what i learned", "who", "why not", "workflow", "zusammenfassung", "fragen", "fazit", "notizen",
    "einleitung", "einführung", "quellen", "conclusion et questions", "ressources", "références", "liens",
    "résumé", "remarques", "conclusão", "resumo", "perguntas", "referências", "notas", "resumen",
    "preguntas", "conclusiones", "enlaces", "概要", "背景", "質疑応答", "質問", "資料", "スライド", "参考", "参考文献", "参考リンク",
    "関連リンク", "所感", "はじめに", "おわりに", "最後に", "自己紹介", "内容", "動画", "リンク", "疑問", "参考资料", "参考链接", "小结", "前言",
    "简介", "问答", "提问", "背景介绍", "结语", "相关链接", "结论", "摘要", "目录", "概述", "简单行程", "大赛结果", "결론", "요약", "질문",
    "참고", "참고자료", "소개", "목차", "정리", "느낀점", "후기", "발표자료", "질의응답", "závěr", "otázky", "odkazy", "poznámky",
    "shrnutí", "úvod", "さいごに", "感想など", "총평", "개요", "인사이트", "들어가며", "마치며", "まえがき", "あとがき", "after party",
    "afterparty", "party", "懇親会", "ランチ", "昼食", "lunch time", "午餐", "午饭", "茶歇", "休息", "점심", "registration",
    "카드", "컨퍼런스 개요", "논의 포인트", "얻은 점", "おまけ", "まとめと感想", "雑感", "総括", "参加理由", "参加の動機", "会場", "その他",
    "career", "experience", "experiences", "personal thoughts", "contributing", "license", "credits",
    "usage", "attribution", "about this repo", "about these notes", "pictures", "what's this",
    "miscellaneous", "informal conversations", "informally", "hallway conversations", "other things",
    "other random things", "swag", "random links", "one more thing", "people", "panel members",
    "official party", "hallway track", "느낌", "참고 문서", "세션 요약", "느낀 점", "发言", "talk info",
    "session details", "talk details", "event details", "details and notes", "video and slides",
    "notes from the talk", "who is this for", "conference details", "speaker notes", "things to google",
    "terms", "pause déjeuner", "pour conclure", "pour en apprendre davantage", "pause", "pause café",
    "déjeuner", "soirée", "en résumé", "à retenir", "le mot de la fin", "共筆", "mittagspause", "pausa",
    "almuerzo", "booths", "a voir", "à voir", "a faire", "à faire", "tendances", "general remarks",
    "to see",
];

/// Headings that group talks.
const GROUPS: &[&str] = &[
    "afternoon", "afternoon session", "afternoon sessions", "afternoon talks", "breakout sessions",
    "breakouts", "closing", "evening", "friday", "invited talks", "keynote", "keynotes", "lightning talk",
    "lightning talks", "lightning round", "main track", "monday", "morning", "morning session",
    "morning sessions", "morning talks", "panels", "poster session", "posters", "saturday", "sessions",
    "sprints", "sunday", "talks", "thursday", "tuesday", "tutorials", "unconference", "wednesday",
    "workshops", "advanced", "ai track", "breakout session", "breakout", "briefings",
    "birds of a feather", "bof", "bofs", "closing keynote", "closing keynotes", "day one", "day two",
    "day three", "day four", "demos session", "development track", "evening session", "expo",
    "fireside chats", "first day", "second day", "third day", "fourth day", "hallway track",
    "highlights from the talks", "invited talk", "ignite talks", "ignite", "key notes",
    "lightening talks", "lighting talks", "lightning", "lightning session", "live presentations",
    "main stage", "meetups", "oral session", "oral sessions", "orals", "opening keynotes",
    "panel discussions", "parallel sessions", "paper session", "papers session", "plenaries", "plenary",
    "plenary session", "plenary sessions", "plenary talks", "poster", "pre-conference",
    "pre-conference workshops", "presentations", "rump session", "rump sessions", "rumps",
    "session notes", "session summaries", "short talks", "sponsor talks", "spotlight talks",
    "talk summaries", "the talks", "training", "trainings", "tutorial", "tutorial sessions",
    "university talks", "workshop", "workshop sessions", "jour 1", "jour 2", "matin", "après-midi",
    "apres-midi", "soir", "ateliers", "vorträge", "vormittag", "nachmittag", "freitag",
    "samstag", "sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche", "palestras", "charlas", "přednášky", "基調講演", "セッション",
    "ライトニングトーク", "lt", "午前", "午後", "午前の部", "午後の部", "1日目", "2日目", "3日目", "上午", "下午", "上午场", "下午场", "主会场",
    "分会场", "第一天", "第二天", "第三天", "主题演讲", "闪电演讲", "키노트", "오전", "오후", "세션", "1일차", "2일차", "첫째날", "둘째날",
];

/// Words before a number or letter that group talks: "Day 2", "Track B", "Room 101".
const GROUP_STEMS: &[&str] = &[
    "day", "room", "stage", "track", "tag", "jour", "hall", "block", "days", "dag", "día", "dia", "den",
    "giorno", "auditorium", "parallel track", "saal", "sala", "salle", "theater", "theatre", "breakout",
    "stream", "journée",
];

/// Names of folders and files that say nothing of what is in them.
const PLAIN_PLACES: &[&str] = &[
    "_posts", "_talks", "articles", "blog", "collections", "conf", "conferences", "conference", "content", "doc",
    "docs", "drafts", "en", "event", "events", "files", "inbox", "lectures", "markdown", "md", "meetups", "my notes",
    "note", "notes", "org", "pages", "past", "personal", "post", "posts", "presentations", "public", "seminars",
    "sessions", "source", "src", "summaries", "talk", "talk notes", "talks", "text", "tech", "txt", "vault", "web", "wiki",
    "work", "archive", "archives", "all", "old", "conference notes", "conferences notes", "session notes", "data",
];

/// Names of files that speak of the folder they lie in.
const INDEXES: &[&str] = &[
    "readme", "index", "_index", "summary", "_sidebar", "home", "lisezmoi", "liesmich", "contents", "toc", "overview", "leeme",
    "table of contents", "lire", "read me", "_readme", "intro", "introduction",
];

/// Names of files that hold plans and lists around an event, and no notes of talks.
const PLANS: &[&str] = &[
    "agenda", "attendees", "idea", "ideas", "budget", "calendar", "cfp", "contacts", "expenses", "itinerary", "packing", "packing list",
    "plan", "planning", "program", "programme", "questions to ask", "schedule", "sponsors", "timetable", "to do", "to watch",
    "todo", "todos", "travel", "vendors", "videos to watch", "wishlist", "talks to watch", "things to check", "tech to check",
];

/// Words before a number that label one talk: "Talk 3: …".
const TALK_STEMS: &[&str] = &["talk", "session", "lecture", "presentation", "vortrag"];

/// Words that say "these are notes" and nothing about which event.
const GENERIC: &[&str] = &[
    "a", "about", "all", "and", "archive", "as", "at", "attended", "collected", "collection", "conf",
    "conference", "conferences", "daily", "day", "days", "event", "events", "for", "from", "i", "in",
    "index", "impressions", "my", "note", "notes", "of", "on", "our", "overview", "personal", "readme",
    "recap", "report", "review", "schedule", "session", "sessions", "some", "summary", "takeaways",
    "talk", "talks", "the", "thoughts", "trip", "update", "visited", "week", "write", "writeup", "up",
    "attending", "back", "best", "breakout", "brief", "bullet", "captured", "com", "compilation", "con",
    "contents", "detailed", "file", "gist", "github", "gitbook", "going", "highlights", "home", "i'm",
    "introduction", "info", "it", "key", "learned", "learnings", "lecture", "lectures", "list", "live",
    "liveblog", "main", "markdown", "me", "meeting", "meetup", "meetups", "misc", "nb", "notebook",
    "notas", "notizen", "other", "page", "part", "presentation", "presentations", "private", "public",
    "quick", "random", "raw", "recaps", "repo", "repository", "rough", "scratch", "seminar", "seminars",
    "sketchnotes", "sorted", "source", "symposium", "talked", "taken", "text", "that", "this", "to",
    "trainings", "txt", "unconference", "unofficial", "various", "were", "while", "wiki", "with",
    "workshop", "workshops", "zu", "zur", "vom", "von", "der", "die", "das", "mes", "prises", "compte",
    "rendu", "de", "du", "des", "la", "le", "les", "et", "trace", "écrite", "ecrite", "参会", "纪要", "笔记",
    "記録", "メモ", "レポート", "まとめ", "후기", "정리", "el", "los", "en", "para",
];

/// Lines that web pages and apps put around a text, folded.
const FURNITURE: &[(&str, &str)] = &[
    ("skip to content", "a web page's navigation"),
    ("skip to main content", "a web page's navigation"),
    ("skip to navigation", "a web page's navigation"),
    ("toggle navigation", "a web page's navigation"),
    ("toggle menu", "a web page's navigation"),
    ("back to top", "a web page's navigation"),
    ("back to blog", "a web page's navigation"),
    ("previous post", "a web page's navigation"),
    ("next post", "a web page's navigation"),
    ("older posts", "a web page's navigation"),
    ("newer posts", "a web page's navigation"),
    ("on this page", "a web page's navigation"),
    ("instantly share code, notes, and snippets.", "a gist page's own words"),
    ("what would you like to do?", "a gist page's own words"),
    ("learn more about clone urls", "a gist page's own words"),
    ("download zip", "a gist page's own words"),
    ("you can't perform that action at this time.", "a gist page's own words"),
    ("you can't perform that action at this time", "a gist page's own words"),
    ("you signed in with another tab or window. reload to refresh your session.", "a gist page's own words"),
    ("share on:", "a page's sharing buttons"),
    ("share on", "a page's sharing buttons"),
    ("share this:", "a page's sharing buttons"),
    ("share this", "a page's sharing buttons"),
    ("share this post", "a page's sharing buttons"),
    ("share this article", "a page's sharing buttons"),
    ("tweet", "a page's sharing buttons"),
    ("share on twitter", "a page's sharing buttons"),
    ("share on facebook", "a page's sharing buttons"),
    ("share on linkedin", "a page's sharing buttons"),
    ("copy link", "a page's sharing buttons"),
    ("like this:", "a page's sharing buttons"),
    ("like loading...", "a page's sharing buttons"),
    ("leave a comment", "a page's comment form"),
    ("leave a reply", "a page's comment form"),
    ("add a comment", "a page's comment form"),
    ("log in to comment", "a page's comment form"),
    ("accept cookies", "a page's cookie notice"),
    ("subscribe", "a page's sign-up form"),
    ("sign in", "a page's sign-up form"),
    ("sign up", "a page's sign-up form"),
    ("log in", "a page's sign-up form"),
    ("all rights reserved.", "a page's legal line"),
    ("all rights reserved", "a page's legal line"),
];

/// Starts of such lines, folded; the rest of the line varies.
const FURNITURE_STARTS: &[(&str, &str)] = &[
    ("sign up for free to join this conversation", "a gist page's own words"),
    ("this file contains bidirectional unicode text", "a gist page's own words"),
    ("this file contains hidden or bidirectional", "a gist page's own words"),
    ("you must be logged in to", "a page's comment form"),
    ("we use cookies", "a page's cookie notice"),
    ("this site uses cookies", "a page's cookie notice"),
    ("powered by ", "a page's footer"),
    ("proudly powered by ", "a page's footer"),
    ("subscribe to our newsletter", "a page's sign-up form"),
];

/// Words that start with a capital in titles and headings and are nobody's name.
const NO_NAMES: &[&str] = &[
    "about", "abstract", "academy", "access", "accessibility", "acid", "acknowledgements", "active",
    "activity", "adapting", "adaptive", "adding", "advanced", "advances", "adventures", "affairs", "after",
    "afternoon", "against", "agency", "agenda", "agent", "agents", "agile", "ai", "airflow", "alert",
    "algorithms", "all", "alternative", "alto", "amazon", "amp", "analysis", "analytics", "and", "android",
    "angeles", "angular", "another", "answer", "anti", "apache", "api", "apis", "app", "appendix", "apple",
    "application", "applications", "apply", "applying", "approach", "approaches", "apps", "ar",
    "architecture", "architectures", "are", "artificial", "aspects", "association", "async", "attack",
    "attacks", "audience", "audio", "authority", "automated", "automating", "automation", "available",
    "avoiding", "awards", "awesome", "aws", "azure", "back", "backbone", "background", "bad", "bank",
    "base", "based", "basic", "basics", "batch", "bdd", "become", "becoming", "before", "behavior",
    "behaviour", "being", "belgium", "benchmark", "benefits", "berlin", "best", "better", "beyond", "big",
    "bigger", "block", "blockchain", "blog", "board", "body", "boot", "bootstrap", "bots", "box", "break",
    "breaking", "bridge", "bridging", "bring", "bringing", "browser", "bug", "bugs", "build", "building",
    "built", "bus", "business", "bytes", "camp", "can", "capital", "care", "case", "cases", "cd", "center",
    "central", "centre", "century", "chain", "challenge", "challenges", "change", "changing", "channel",
    "chaos", "chat", "chief", "ci", "city", "class", "clean", "client", "clojure", "closing", "cloud",
    "cluster", "code", "coding", "collaboration", "collaborative", "college", "combine", "coming",
    "comments", "committee", "common", "communication", "communications", "communities", "community",
    "companies", "company", "compare", "compiler", "complete", "complex", "component", "components",
    "computer", "computing", "concepts", "conclusion", "conclusions", "concurrency", "conf", "conference",
    "conferences", "consensus", "consider", "consortium", "construction", "consultant", "consulting",
    "container", "containers", "content", "context", "continuous", "contract", "control", "cool", "core",
    "corporate", "corporation", "council", "course", "cpu", "create", "creating", "creation", "creative",
    "critical", "cross", "crud", "css", "culture", "current", "custom", "customer", "cyber", "dark",
    "dashboard", "dask", "data", "databases", "dataset", "day", "days", "ddd", "dead", "dealing", "debug",
    "debugging", "december", "decision", "deep", "deepmind", "defense", "delivering", "delivery", "demo",
    "demos", "department", "deploy", "deploying", "deployment", "design", "designing", "desktop",
    "detection", "dev", "develop", "developer", "developers", "developing", "development", "device",
    "devices", "devops", "diagnostics", "diego", "different", "digital", "director", "disability",
    "discussion", "distributed", "distribution", "diversity", "django", "docker", "doing", "domain",
    "domains", "driven", "drupal", "dynamic", "each", "early", "easy", "ecosystem", "edge", "edition",
    "education", "effective", "efficient", "elastic", "elasticsearch", "electronic", "email", "embedded",
    "ember", "embracing", "emerging", "empowering", "enabling", "end", "energy", "engine", "engineer",
    "engineering", "engineers", "enterprise", "entity", "environment", "era", "error", "essential",
    "european", "evaluation", "evening", "event", "events", "every", "everyone", "everything", "evolution",
    "evolving", "example", "examples", "executive", "experience", "experiences", "experts", "exploring",
    "express", "extending", "extensions", "external", "extra", "eye", "fabric", "facebook", "factory",
    "fail", "failure", "family", "fast", "fastapi", "faster", "feature", "features", "february", "federal",
    "feedback", "few", "field", "file", "files", "film", "final", "financial", "find", "finding", "fintech",
    "fire", "firmware", "first", "fit", "flask", "flink", "flow", "focus", "food", "for", "force", "forum",
    "foundation", "four", "framework", "frameworks", "francisco", "free", "freedom", "fresh", "friday",
    "from", "front", "frontend", "full", "fun", "function", "functional", "fund", "fundamentals", "fusion",
    "future", "game", "games", "gaming", "gap", "gateway", "general", "generation", "generative", "get",
    "getting", "github", "global", "goals", "going", "golang", "good", "google", "governance", "government",
    "gpt", "gpu", "graph", "graphics", "graphql", "great", "green", "group", "groups", "growing", "growth",
    "guide", "guidelines", "hack", "hacker", "hackers", "hacking", "hadoop", "half", "hands", "happy",
    "hard", "hardware", "hat", "hbase", "head", "health", "healthcare", "hello", "help", "hidden", "high",
    "history", "holistic", "home", "hong", "hot", "hour", "house", "how", "html", "http", "hub", "human",
    "humans", "hybrid", "idea", "ideas", "impact", "implementation", "implementing", "improve", "improving",
    "in", "inc", "inclusion", "inclusive", "increasing", "industrial", "industry", "information", "infra",
    "infrastructure", "initiative", "innovation", "innovations", "input", "inside", "insight", "insights",
    "inspire", "install", "institute", "instruments", "integrated", "integration", "integrity",
    "intelligence", "intelligent", "interactive", "interface", "interfaces", "internals", "international",
    "internet", "into", "intro", "introduction", "introductions", "inventory", "investigation", "invisible",
    "io", "ios", "iot", "is", "island", "issue", "issues", "it", "items", "iterative", "itself", "january",
    "java", "javascript", "jenkins", "job", "jobs", "join", "journey", "jquery", "json", "july", "junior",
    "jupyter", "just", "kafka", "keep", "kernel", "key", "keynote", "keynotes", "keys", "kids", "kit",
    "knowledge", "kong", "kotlin", "kubernetes", "lab", "laboratory", "labs", "lake", "landscape",
    "language", "languages", "large", "last", "latency", "laws", "layer", "leader", "leaders", "leadership",
    "leading", "lean", "learn", "learned", "learning", "leave", "legacy", "legal", "less", "lessons",
    "level", "levels", "leveraging", "libraries", "library", "license", "life", "lightning", "like",
    "limited", "line", "lines", "links", "linux", "list", "little", "live", "llm", "llms", "load", "local",
    "location", "logging", "logic", "long", "look", "looking", "loop", "lot", "love", "low", "lunch", "mac",
    "machine", "magic", "main", "mainframe", "maintenance", "make", "making", "manage", "management",
    "manager", "managing", "manifesto", "manual", "many", "map", "mapping", "march", "marketing", "markets",
    "mass", "master", "materials", "matter", "matters", "maturity", "means", "measuring", "mechanics",
    "media", "medical", "meet", "meeting", "member", "members", "memory", "mental", "meta", "metadata",
    "method", "methods", "metrics", "micro", "microservices", "microsoft", "middle", "migrating",
    "migration", "mind", "minds", "mining", "mission", "mistakes", "ml", "mobile", "mode", "model",
    "models", "moderator", "modern", "modules", "moments", "monday", "mongo", "mongodb", "monitoring",
    "monolith", "more", "morning", "most", "motion", "moving", "multi", "multiple", "museum", "music",
    "mvc", "mysql", "mystery", "name", "national", "native", "natural", "navigating", "need", "negative",
    "nest", "netflix", "network", "networking", "networks", "neural", "never", "new", "newsletter", "next",
    "night", "nlp", "no", "node", "nodes", "north", "not", "note", "notebook", "notes", "november", "now",
    "numbers", "numpy", "object", "objects", "observability", "ocean", "october", "of", "off", "office",
    "official", "old", "on", "one", "online", "oop", "open", "operation", "operations", "operator",
    "opportunities", "optimization", "optimizing", "options", "oracle", "orange", "order", "organisation",
    "organization", "organizations", "oriented", "os", "other", "our", "out", "outline", "outside",
    "overview", "own", "package", "page", "pages", "pain", "palo", "pandas", "panel", "papers", "parallel",
    "part", "parties", "partners", "parts", "past", "path", "patterns", "people", "perfect", "performance",
    "person", "personal", "perspective", "phase", "phone", "physical", "physics", "pipeline", "pipelines",
    "pitch", "place", "plan", "planning", "plans", "platform", "platforms", "play", "playing", "plenary",
    "points", "policy", "popular", "portal", "position", "post", "poster", "posters", "postgres", "power",
    "powered", "practical", "practice", "practices", "pragmatic", "predictive", "preparing", "presentation",
    "presentations", "presenter", "principles", "priorities", "privacy", "private", "pro", "problem",
    "problems", "process", "product", "production", "productivity", "products", "professional", "profile",
    "program", "programming", "programs", "progress", "progressive", "project", "projects", "promise",
    "proof", "property", "protocol", "protocols", "prototype", "providing", "psychology", "public",
    "publishing", "pull", "push", "pytest", "python", "quality", "quantum", "queries", "query", "quest",
    "question", "questions", "quick", "race", "rag", "rails", "ram", "random", "rapid", "raspberry",
    "react", "reactive", "reading", "real", "reality", "reason", "recap", "recent", "recognition",
    "recommendations", "recovery", "red", "redis", "reduce", "refactoring", "reference", "references",
    "reflections", "regional", "registration", "registry", "relations", "release", "reliability",
    "reliable", "remote", "render", "report", "reporting", "reports", "request", "requirements", "research",
    "resilience", "resilient", "resource", "resources", "response", "responsible", "rest", "results",
    "rethinking", "return", "review", "revolution", "right", "rise", "risk", "risks", "road", "roadmap",
    "robot", "robotics", "robots", "role", "room", "roundtable", "route", "ruby", "rules", "run", "running",
    "runtime", "rust", "rustlang", "saas", "safe", "safety", "sales", "sample", "sass", "saturday", "save",
    "saving", "scala", "scalable", "scale", "scaling", "scenario", "schedule", "schema", "school",
    "science", "scope", "screen", "scripting", "scrum", "sdk", "sea", "search", "secret", "secrets",
    "section", "secure", "securing", "security", "self", "semantic", "sense", "sensor", "september",
    "server", "serverless", "service", "services", "session", "sessions", "set", "setting", "setup",
    "seven", "shared", "sharing", "shift", "ship", "short", "show", "side", "signal", "silicon", "silver",
    "simple", "singapore", "single", "site", "six", "skills", "sky", "slide", "slides", "small", "social",
    "society", "software", "solr", "solution", "solving", "some", "sound", "source", "south", "space",
    "spark", "speaker", "speakers", "special", "specification", "speed", "spring", "sprint", "sql", "ssl",
    "st", "stability", "stack", "stage", "stakeholders", "standard", "standards", "start", "started",
    "starting", "startup", "startups", "state", "stateful", "states", "static", "station", "statistics",
    "status", "step", "steps", "stone", "stop", "storage", "stories", "story", "strategies", "strategy",
    "stream", "streaming", "street", "stress", "strong", "structure", "student", "students", "studies",
    "studio", "study", "style", "subject", "success", "successful", "summary", "summit", "sunday", "super",
    "supply", "support", "survey", "sustainability", "sustainable", "svelte", "swift", "switch", "sydney",
    "synthetic", "system", "systems", "tables", "take", "takeaway", "takeaways", "taking", "tale", "tales",
    "talk", "talks", "target", "task", "tasks", "tcp", "tdd", "teaching", "team", "teams", "tech",
    "technical", "technique", "techniques", "technologies", "technology", "telecom", "telling", "template",
    "ten", "tensorflow", "terms", "terraform", "test", "testing", "tests", "text", "the", "theory",
    "things", "think", "thinking", "third", "thoughts", "threat", "three", "through", "thursday", "time",
    "timeline", "tips", "title", "tls", "to", "today", "together", "tokens", "tool", "tools", "top",
    "topic", "topics", "touch", "tour", "toward", "towards", "trace", "tracing", "track", "tracking",
    "traditional", "training", "transaction", "transfer", "transform", "transformation", "transition",
    "transport", "travel", "tree", "trends", "tricks", "true", "trust", "truth", "tuesday", "turn",
    "tutorial", "twitter", "two", "type", "types", "typescript", "udp", "ui", "unconference", "under",
    "understanding", "union", "unit", "united", "unity", "universal", "universe", "university", "unlocking",
    "unreal", "up", "update", "updates", "use", "user", "users", "using", "ux", "validation", "valley",
    "value", "values", "variables", "vehicle", "venture", "version", "versus", "very", "via", "video",
    "view", "views", "virtual", "virtualization", "vision", "visual", "visualization", "visualizing",
    "voice", "volume", "vr", "vs", "vue", "vulnerabilities", "vulnerability", "walk", "wall", "war",
    "warehouse", "was", "watch", "water", "wave", "way", "ways", "we", "weaving", "web", "webinar",
    "webpack", "website", "websites", "wednesday", "welcome", "west", "what", "when", "where", "which",
    "white", "who", "whole", "why", "wild", "win", "window", "windows", "wireless", "wisdom", "with",
    "within", "without", "wonderful", "word", "words", "work", "workers", "workflow", "workflows",
    "working", "works", "workshop", "workshops", "world", "worlds", "write", "writing", "wrong", "xml",
    "xr", "yaml", "year", "years", "yes", "yet", "york", "you", "young", "your", "zero", "zone",
];

/// Whether a folder's or file's name, without its dashes, says nothing of what is in it.
pub fn is_plain_place(name: &str) -> bool {
    in_table(&PLACE_SET, PLAIN_PLACES, &key(name))
}

/// Whether a file of this name, without its ending, speaks of the folder that it lies in.
pub fn is_index(stem: &str) -> bool {
    in_table(&INDEX_SET, INDEXES, &key(stem))
}

/// Whether a folded word is one that events are named with: "pycon", "reactconf", "summit".
pub fn is_event(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "camp", "con", "congress", "days", "devday", "devdays", "devfest", "expo", "fest", "festival", "fosdem", "kaigi",
        "meetup", "nights", "summit", "symposium", "unconf", "conferencia", "conférence", "konferenz", "tagung",
    ];
    let ends = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    WORDS.contains(&word)
        || word.contains("conf") && !word.starts_with("config") && !word.starts_with("confi")
        || ends("con") && !matches!(word, "silicon" | "icon" | "falcon" | "beacon" | "bacon" | "lexicon" | "rubicon")
        || ends("fest") && word != "manifest"
        || ends("kaigi")
        || ends("summit")
        || ends("camp")
        || ["大会", "峰会", "勉強会", "컨퍼런스", "会议"].iter().any(|w| word.contains(w))
}

/// Whether a file of this name, without its dashes, holds plans and lists rather than notes.
pub fn is_plan(name: &str) -> bool {
    PLANS.contains(&key(name).as_str())
}

/// Whether a word of a title, folded, is nobody's name.
pub fn is_no_name(folded: &str) -> bool {
    NO_NAMES.binary_search(&folded).is_ok()
}

/// A table as a set, made when it is first asked.
type Set = OnceLock<HashSet<String>>;

static INSIDE_TALK_SET: Set = OnceLock::new();
static GROUP_SET: Set = OnceLock::new();
static GENERIC_SET: Set = OnceLock::new();
static PLACE_SET: Set = OnceLock::new();
static INDEX_SET: Set = OnceLock::new();

fn in_table(set: &Set, table: &'static [&'static str], key: &str) -> bool {
    set.get_or_init(|| table.iter().map(|word| fold(word)).collect()).contains(key)
}

fn inside_talk(key: &str) -> bool {
    in_table(&INSIDE_TALK_SET, INSIDE_TALK, key)
}

/// A heading's text as the tables hold it.
fn key(text: &str) -> String {
    let folded = fold(text);
    let trimmed = folded.trim().trim_end_matches([':', '.', '?', '!', '…']);
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest text that a table of headings can hold, with room for a date behind it.
const LONGEST: usize = 60;

/// Whether a heading names a part of a talk, such as "Q&A" or "Takeaways".
pub fn is_inside_talk(text: &str) -> bool {
    text.len() <= LONGEST && inside_talk(&key(text))
}

/// Whether a heading groups talks, such as "Day 2", "Lightning talks" or "Room B".
pub fn is_group(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let key = key(text);
    if let Some(rest) = key.strip_prefix("session ") {
        let count = rest.split([' ', ':', '-', '–']).next().unwrap_or_default();
        return !count.is_empty() && count.bytes().all(|b| b"ivx".contains(&b));
    }
    let key = key.split(" - ").next().unwrap_or_default();
    in_table(&GROUP_SET, GROUPS, key) || stem_and_count(key, GROUP_STEMS)
}

/// Whether a heading is a group with a number or a letter: "Day 2", "Track B: Data".
pub fn is_counted_group(text: &str) -> bool {
    text.len() <= LONGEST && stem_and_count(&key(text), GROUP_STEMS)
}

/// Whether a heading is exactly a group's usual name and longer than a word, so that it may be
/// trusted even where nothing marks it as a heading.
pub fn is_group_phrase(text: &str) -> bool {
    let key = key(text);
    key.contains(' ') && key != "lightning talk" && in_table(&GROUP_SET, GROUPS, &key)
}

/// A stem and then a number or a single letter, with nothing behind it but a date or a name.
fn stem_and_count(key: &str, stems: &[&str]) -> bool {
    let mut words = key.split([' ', ':', ',', '-']).filter(|w| !w.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    // "day1" is "day 1".
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let (stem, count) = match (letters.len() < first.len(), words.next()) {
        (true, _) => (letters, &first[letters.len()..]),
        (false, Some(count)) => (first, count),
        (false, None) => return false,
    };
    stems.contains(&stem)
        && (count.bytes().all(|b| b.is_ascii_digit())
            || count.chars().count() == 1
            || ["one", "two", "three", "four", "five"].contains(&count))
}

/// Splits a talk's label off a heading: `Talk 3: Title`, `Talk3 Title`, `Session 12 - Title`.
/// Gives the label's word and what is behind it.
pub fn talk_label(text: &str) -> Option<(&'static str, &str)> {
    let (stem, rest) = TALK_STEMS.iter().find_map(|stem| Some((*stem, starts_with(text, stem)?)))?;
    let rest = rest.trim_start_matches([' ', '\u{a0}', '#']);
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let after = &rest[digits..];
    let closed = after.is_empty() || after.starts_with([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']);
    let behind = after.trim_start_matches([' ', ':', '.', '-', ')', '–', '—', '\u{a0}']);
    (digits > 0 && closed).then_some((stem, behind))
}

/// Whether a word says "notes" or "event" rather than which event.
pub fn is_generic(word: &str) -> bool {
    in_table(&GENERIC_SET, GENERIC, &fold(word)) || word.bytes().all(|b| b.is_ascii_digit())
}

/// Why a line is what a page left around the notes, if it is.
pub fn furniture(line: &str) -> Option<&'static str> {
    let line = line.trim();
    // The longest phrase of the table, and room for what may follow a start.
    if line.is_empty() || line.len() > 120 {
        return None;
    }
    // Nearly every phrase fails at its first two letters; those are compared before the rest.
    let head = |text: &str| text.as_bytes().first_chunk::<2>().map(|two| two.map(|b| b.to_ascii_lowercase()));
    let first = head(line)?;
    let near = |(phrase, _): &&(&str, &'static str)| phrase.as_bytes().first_chunk() == Some(&first);
    let exact = FURNITURE.iter().filter(near).find(|(phrase, _)| starts_with(line, phrase) == Some(""));
    let start = || FURNITURE_STARTS.iter().filter(near).find(|(start, _)| starts_with(line, start).is_some());
    exact.or_else(start).map(|(_, reason)| *reason)
}

/// What stands behind a phrase of a table at the start of a line, whatever the case and the kind
/// of apostrophe. Asked of many lines, so it makes no copy.
fn starts_with<'t>(line: &'t str, phrase: &str) -> Option<&'t str> {
    let mut chars = line.chars();
    for wanted in phrase.chars() {
        let c = chars.next()?;
        let alike = c.eq_ignore_ascii_case(&wanted) || wanted == '\'' && c == '’';
        if !alike {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Why a whole file is no notes, going by its name. House rules are named in capitals; a talk on
/// security may well be kept in `security.md`.
pub fn furniture_file(stem: &str) -> Option<&'static str> {
    match stem {
        "CONTRIBUTING" | "CODE_OF_CONDUCT" | "CODEOWNERS" | "SECURITY" => {
            return Some("a project's house rules");
        }
        "CHANGELOG" => return Some("a change log"),
        "CLAUDE" | "AGENTS" | "GEMINI" | "copilot-instructions" => return Some("instructions for a tool"),
        "CNAME" => return Some("a build file"),
        _ => {}
    }
    match fold(stem).as_str() {
        "license" | "licence" | "license-mit" | "license-apache" | "copying" | "unlicense" => {
            Some("a licence")
        }
        "makefile" | "gemfile" | "dockerfile" | "rakefile" | "procfile" => Some("a build file"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_parts() {
        for group in ["Day 1", "Keynotes", "Room B", "day 2: Friday", "Lightning Talks:", "Track 3"] {
            assert!(is_group(group), "{group}");
        }
        for other in ["Day of the Daleks", "Tracking bugs", "Roomba internals", "Keynote speaker"] {
            assert!(!is_group(other), "{other}");
        }
        assert!(is_inside_talk("Q&A") && is_inside_talk("Takeaways:") && !is_inside_talk("Rust"));
    }

    #[test]
    fn the_table_is_sorted_for_the_search() {
        assert!(NO_NAMES.is_sorted());
    }

    #[test]
    fn labels() {
        assert_eq!(talk_label("Talk 1: How it works"), Some(("talk", "How it works")));
        assert_eq!(talk_label("Talk3 Hpy"), Some(("talk", "Hpy")));
        assert_eq!(talk_label("Talk 2:"), Some(("talk", "")));
        assert_eq!(talk_label("Talking to machines"), None);
        assert_eq!(talk_label("Session 4x4"), None);
    }

    #[test]
    fn page_furniture() {
        assert!(furniture("Skip to content").is_some());
        assert!(furniture("You can’t perform that action at this time.").is_some());
        assert!(furniture("Sharing is caring").is_none());
        assert!(furniture("Star schemas").is_none());
    }
}
