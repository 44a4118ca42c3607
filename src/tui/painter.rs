//! Reads the code of pages, off the UI thread, so that its words get their colours. Only the last page
//! counts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use crate::library::guard::guarded;
use crate::markup::Document;
use crate::markup::colours::Colours;
use crate::tui::event::Event;

/// The handle to the thread that reads code. It starts with the first page that holds some.
pub(super) struct Painter {
    pages: Option<Sender<(u64, Arc<Document>)>>,
    latest: Arc<AtomicU64>,
    events: Option<Box<dyn Fn(Event) -> bool + Send>>,
}

impl Painter {
    /// A painter that hands what it finds to `events`, which says whether anybody still listens.
    pub(super) fn new(events: impl Fn(Event) -> bool + Send + 'static) -> Self {
        Self { pages: None, latest: Arc::default(), events: Some(Box::new(events)) }
    }

    /// Asks for the colours of a page. The one before is no longer wanted.
    pub(super) fn paint(&mut self, document: Arc<Document>) {
        let number = self.latest.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(events) = self.events.take() {
            let (sender, pages) = channel::<(u64, Arc<Document>)>();
            let latest = self.latest.clone();
            let work = move || {
                while let Ok((number, document)) = pages.recv() {
                    let go_on = || latest.load(Ordering::SeqCst) == number;
                    let paint = || {
                        super::runtime::fault("painter");
                        Colours::of(&document, &go_on)
                    };
                    let colours = guarded(paint).unwrap_or_default();
                    if go_on() {
                        events(Event::Coloured { document, colours: Arc::new(colours) });
                    }
                }
            };
            // Without a thread code stays plain.
            let _ = std::thread::Builder::new().name("painter".into()).spawn(work);
            self.pages = Some(sender);
        }
        if let Some(pages) = &self.pages {
            let _ = pages.send((number, document));
        }
    }
}
