//! What a person means by a few letters: query → the talk that comes first.
//!
//! The tables are the finder's promise. They were written before the ranking that keeps it.

mod common;

use common::notes;
use hallway::library::Library;
use hallway::library::load::{Roots, load};
use hallway::search::{Finder, Index, Marks, Query};

/// Whole words, names, and what fzf's signs say.
const WORDS: &[(&str, &str)] = &[
    ("kubernetes", "Kubernetes for Pythonistas"),
    ("testing", "Next Level Testing"),
    ("rust", "Rust and Python - Oxidize Your Snake"),
    ("rust extending", "Extending Python with Rust"),
    ("vanderplas science", "The Unexpected Effectiveness of Python in Science"),
    ("landscape vanderplas", "Python Data Visualization Landscape"),
    ("corchero mocks", "Mocks, fakes, dummies, stubs and spies: Successfully isolating the snake"),
    ("postgres", "Postgres at any scale"),
    ("postgres pycon", "Temporal Data Structures with SQLAlchemy and Postgres"),
    ("!pycon postgres scale", "Postgres at any scale"),
    ("euro 2018 postgres", "Postgres at any scale"),
    ("typing 2020", "Where mypy came from"),
    ("brett", "Keynote: the gift of a community"),
    ("buczynski", "BDD, done well"),
    ("Buczyński", "BDD, done well"),
    ("mark shannon 2022", "Make CPython Faster"),
    ("mark shannon 2023", "How are we making CPython faster"),
    ("^python", "Python 3: ten years later"),
    ("scale$", "Postgres at any scale"),
    ("'static python", "SPy: a static Python"),
    ("quic | faust kafka", "Kafka streams with Faust"),
    ("\"at any scale\"", "Postgres at any scale"),
    ("'rule'", "One Data Pipeline to Rule Them All"),
    ("data science", "Trust me, I'm a Data Scientist - ethics for builders of data-based applications"),
    ("spy", "SPy: a static Python"),
    ("trio", "Trio: A pythonic way to do async programming"),
    ("lightning", "Supremacy: a tournament for bots"),
    ("async", "Asyncio in Python 3.7 and 3.8"),
    ("selivanov", "Asyncio in Python 3.7 and 3.8"),
    ("ｐｏｓｔｇｒｅｓ scale", "Postgres at any scale"),
];

/// Fragments, initials and slips, as people type them.
const FRAGMENTS: &[(&str, &str)] = &[
    ("kube", "Kubernetes for Pythonistas"),
    ("pymc", "Probabilistic Programming with PyMC3"),
    ("pyth kub", "Kubernetes for Pythonistas"),
    ("tdd", "TDD Development with pytest"),
    ("bdd", "BDD, done well"),
    ("nlt", "Next Level Testing"),
    ("drm", "Dr. Microservices, Or How I Learned to Stop Worrying and Love the API"),
    ("wasm", "Let’s embrace WebAssembly!"),
    ("webass", "Let’s embrace WebAssembly!"),
    ("lets emb", "Let’s embrace WebAssembly!"),
    ("tvm", "Introduction to Apache TVM"),
    ("http3", "HTTP/3 and QUIC"),
    ("fstr", "Making f-strings faster in 3.12"),
    ("fstrings", "Making f-strings faster in 3.12"),
    ("llm prod", "LLMs from prototype to production"),
    ("instag py3", "Instagram's Migration From Python 2 to Python 3"),
    ("migr", "Instagram's Migration From Python 2 to Python 3"),
    ("err msg", "Writing good error messages"),
    ("errmsg", "Writing good error messages"),
    ("sqlalc", "Temporal Data Structures with SQLAlchemy and Postgres"),
    ("viz", "Python Data Visualization Landscape"),
    ("reinf", "An Introduction to Reinforcement Learning"),
    ("tensrflow", "A gentle introduction to deep learning with TensorFlow"),
    ("pyton libary import", "What Happened when you import a Python Library?"),
    ("kubernets", "Kubernetes for Pythonistas"),
    ("kuberentes", "Kubernetes for Pythonistas"),
    ("postgers", "Postgres at any scale"),
    ("instgaram", "Instagram's Migration From Python 2 to Python 3"),
    ("hypotehsis", "Bulletproof Python – Property-Based Testing with Hypothesis"),
    ("vandreplas", "The Unexpected Effectiveness of Python in Science"),
    ("statstics", "Lies, damned lies, and statistics"),
    ("euro23 hpy", "HPy, a better C API"),
    ("ep18 mocks", "Mocks, fakes, dummies, stubs and spies: Successfully isolating the snake"),
    ("jup hood", "Jupyter Under the hood"),
    ("lies", "Lies, damned lies, and statistics"),
    ("dep 2017", "5 ways to deploy your Python web app in 2017"),
    ("gentle tf", "A gentle introduction to deep learning with TensorFlow"),
    ("lynn", "asyncio in Practice: We Did It Wrong"),
    ("cpyt fast", "Make CPython Faster"),
];

/// The same over the notes of the fixtures.
const FIXTURES: &[(&str, &str)] = &[
    ("slow", "How slow is slow? Latency, budgets, and everything after"),
    ("kay", "How slow is slow? Latency, budgets, and everything after"),
    ("hopper slow", "How slow is slow? Latency, budgets, and everything after"),
    ("compilers", "Boats and compilers - a love story"),
    ("spof", "Lighthouses, beacons and other single points of failure"),
    ("cron", "It's time for cron"),
    ("kathy", "It's time for cron"),
    ("fog", "Sea fog"),
    ("rope", "Rope"),
    ("ropes", "Rope Theory – Knots You Can Prove"),
    ("rope theory", "Rope Theory – Knots You Can Prove"),
    ("knots 3.12", "Making knots shorter in 3.12"),
    ("lighthuose", "Lighthouses, beacons and other single points of failure"),
    ("shackelton", "Keynote"),
    ("moor", "moor in Practice: We Tied It Wrong"),
    ("ada", "Queues that forgive"),
    ("latnecy", "How slow is slow? Latency, budgets, and everything after"),
];

fn check(library: &Library, table: &[(&str, &str)]) {
    let (index, marks) = (Index::new(library), Marks::default());
    let finder = Finder::new(library, &index, &marks);
    let mut wrong = Vec::new();
    for (query, wanted) in table {
        let hits = finder.find(&Query::parse(query), 3).hits;
        let titles: Vec<&str> = hits.iter().map(|hit| library.talk(hit.talk).title.as_str()).collect();
        if titles.first() != Some(wanted) {
            wrong.push(format!("{query}: {titles:?}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn words_find_what_they_name() {
    check(&load(&Roots::Builtin, false).expect("built in"), WORDS);
}

#[test]
fn fragments_initials_and_slips_find_what_was_meant() {
    check(&load(&Roots::Builtin, false).expect("built in"), FRAGMENTS);
}

#[test]
fn the_fixtures_too() {
    check(&load(&notes(), false).expect("fixtures"), FIXTURES);
}
