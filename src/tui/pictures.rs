//! Pictures beside the notes: how large they are, and how the terminal is told to show them.
//!
//! Nothing is asked of the terminal: what it can do is known by its name, and the size of its cells by the
//! system. Whatever reads a file or works on pixels runs in threads that nobody waits for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::config::settings::Images;
use crate::library::guard::guarded;
use crate::markup::Document;
use crate::markup::layout::PictureSize;
use crate::tui::event::Event;

/// The most rows that a picture takes: less than a screen, so that what is said of it is seen with it.
const MOST_ROWS: u16 = 20;

/// Pixels of a picture that go into one point of half blocks, each way.
const POINTS: u16 = 4;

/// How a terminal shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By half blocks in two colours.
    Blocks,
    /// By kitty's protocol.
    Kitty,
    /// By iTerm2's.
    Iterm2,
    /// By sixels.
    Sixel,
}

/// The size of a cell in pixels, and how the terminal shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gallery {
    /// How pictures are shown.
    pub way: Way,
    /// Pixels across a cell.
    pub across: u16,
    /// Pixels down a cell.
    pub down: u16,
    /// The terminal has all colours, rather than 256.
    pub true_colour: bool,
}

impl Gallery {
    /// What this terminal can do, by its name and by what is set. `None`: pictures are not shown.
    pub fn here(images: Images) -> Option<Self> {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let pixels = ratatui::crossterm::terminal::window_size().ok().filter(|s| s.width > 0 && s.height > 0);
        let cell =
            pixels.and_then(|s| Some((s.width.checked_div(s.columns)?, s.height.checked_div(s.rows)?)));
        let (across, down) = cell.filter(|(a, d)| *a > 0 && *d > 0).unwrap_or((10, 20));
        let known = way(&variable("TERM"), &variable("TERM_PROGRAM"), &|name| !variable(name).is_empty());
        let way = match images {
            _ if cfg!(not(feature = "images")) => return None,
            Images::Off => return None,
            // Without the size of a cell, pixels cannot be put in their place.
            Images::Auto if cell.is_none() => Way::Blocks,
            Images::Auto => known,
            Images::Blocks => Way::Blocks,
            Images::Kitty => Way::Kitty,
            Images::Iterm2 => Way::Iterm2,
            Images::Sixel => Way::Sixel,
        };
        // A half block is one point of a picture; at one to a cell's pixels there would be nothing to see.
        let (across, down) = if way == Way::Blocks { (POINTS, 2 * POINTS) } else { (across, down) };
        let true_colour = matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit");
        Some(Self { way, across, down, true_colour })
    }

    /// The cells that a picture of so many pixels takes, in a pane of so many columns. It is never shown
    /// larger than it is.
    pub fn size_of(&self, width: u32, height: u32, columns: usize) -> Option<PictureSize> {
        let (across, down) = (u32::from(self.across), u32::from(self.down));
        let most = (u32::try_from(columns).ok()?.min(400) * across, u32::from(MOST_ROWS) * down);
        if width == 0 || height == 0 || most.0 == 0 {
            return None;
        }
        let scale = f64::min(
            1.0,
            f64::min(f64::from(most.0) / f64::from(width), f64::from(most.1) / f64::from(height)),
        );
        let cells =
            |pixels: u32, cell: u32| ((f64::from(pixels) * scale / f64::from(cell)).ceil() as u16).max(1);
        Some(PictureSize { columns: cells(width, across), rows: cells(height, down) })
    }
}

/// The best way that a terminal is known for. In tmux and screen pictures go through only where that is
/// switched on, which cannot be seen from here: blocks go through always.
fn way(term: &str, program: &str, is_set: &dyn Fn(&str) -> bool) -> Way {
    if is_set("TMUX") || is_set("STY") || term.starts_with("tmux") || term.starts_with("screen") {
        return Way::Blocks;
    }
    match (term, program) {
        ("xterm-kitty" | "xterm-ghostty", _) | (_, "ghostty") => Way::Kitty,
        (_, "iTerm.app" | "WezTerm" | "mintty" | "rio") => Way::Iterm2,
        _ if is_set("KITTY_WINDOW_ID") => Way::Kitty,
        _ if term.starts_with("foot") || term.starts_with("mlterm") || term.starts_with("contour") => {
            Way::Sixel
        }
        _ => Way::Blocks,
    }
}

/// A picture of a page: which link it is, where it lies, and the cells that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hung {
    /// The picture, as an index into the document's links.
    pub link: u32,
    /// Its file.
    pub path: PathBuf,
    /// Its cells.
    pub size: PictureSize,
}

/// A picture, made ready for the terminal.
pub struct Picture {
    /// The cells that it takes.
    pub size: PictureSize,
    #[cfg(feature = "images")]
    drawn: ratatui_image::sliced::SlicedProtocol,
    #[cfg(feature = "images")]
    true_colour: bool,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture").field("size", &self.size).finish_non_exhaustive()
    }
}

#[cfg(feature = "images")]
mod pixels {
    use std::io::{Cursor, Read};

    use image::{ImageReader, Limits};
    use ratatui::layout::Size;
    use ratatui::style::Color;
    use ratatui::widgets::Widget;
    use ratatui_image::picker::{Picker, ProtocolType};
    use ratatui_image::protocol::halfblocks::Halfblocks;
    use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};
    use ratatui_image::{FontSize, Resize};

    use super::{Buffer, Gallery, Path, Picture, PictureSize, Rect, Way};
    use crate::library::source::open_regular;

    /// The longest picture file that is read, in bytes.
    const FILE_CAP: u64 = 32 * 1024 * 1024;

    /// The widest and the highest picture, in pixels, and the most memory that reading one takes, in bytes.
    const MOST_PIXELS: u32 = 16_384;
    const MOST_MEMORY: u64 = 256 * 1024 * 1024;

    /// The reader of a picture that is all there: `png` 0.18 would go on asking a file that was cut off for ever.
    fn reader(path: &Path) -> Option<ImageReader<Cursor<Vec<u8>>>> {
        let (file, length) = open_regular(path, FILE_CAP).ok()?;
        let mut bytes = Vec::with_capacity(length as usize);
        file.take(FILE_CAP).read_to_end(&mut bytes).ok()?;
        if bytes.starts_with(b"\x89PNG") && memchr::memmem::rfind(&bytes, b"IEND").is_none() {
            return None;
        }
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_PIXELS);
        limits.max_image_height = Some(MOST_PIXELS);
        limits.max_alloc = Some(MOST_MEMORY);
        reader.limits(limits);
        Some(reader)
    }

    /// How many pixels a picture has, by the first bytes of its file.
    pub(super) fn pixels(path: &Path) -> Option<(u32, u32)> {
        reader(path)?.into_dimensions().ok()
    }

    /// Reads a picture and makes it ready.
    pub(super) fn picture(path: &Path, size: PictureSize, gallery: Gallery) -> Option<Picture> {
        let image = reader(path)?.decode().ok()?;
        let cells = Size::new(size.columns, size.rows);
        let drawn = match gallery.way {
            Way::Blocks => SlicedProtocol::Halfblocks(Halfblocks::new(image, cells).ok()?),
            other => {
                #[expect(deprecated, reason = "the other way asks the terminal, which would eat keys")]
                let mut picker = Picker::from_fontsize(FontSize::new(gallery.across, gallery.down));
                picker.set_protocol_type(match other {
                    Way::Kitty => ProtocolType::Kitty,
                    Way::Iterm2 => ProtocolType::Iterm2,
                    Way::Sixel | Way::Blocks => ProtocolType::Sixel,
                });
                SlicedProtocol::new_with_resize(&picker, image, cells, Resize::Fit(None)).ok()?
            }
        };
        Some(Picture { size, drawn, true_colour: gallery.true_colour || gallery.way != Way::Blocks })
    }

    impl Picture {
        /// Draws the picture into an area, its first rows left out.
        pub(in crate::tui) fn draw(&self, area: Rect, skip: u16, buffer: &mut Buffer) {
            let area = area.intersection(buffer.area);
            let position = SignedPosition { x: 0, y: -skip.cast_signed() };
            SlicedImage::new(&self.drawn, position).render(area, buffer);
            if !self.true_colour {
                for position in area.positions() {
                    let cell = &mut buffer[position];
                    (cell.fg, cell.bg) = (indexed(cell.fg), indexed(cell.bg));
                }
            }
        }
    }

    /// The nearest colour of the 6 × 6 × 6 cube that terminals of 256 colours have.
    fn indexed(colour: Color) -> Color {
        let step = |part: u8| (u16::from(part) * 5 + 127) / 255;
        match colour {
            Color::Rgb(r, g, b) => Color::Indexed((16 + 36 * step(r) + 6 * step(g) + step(b)) as u8),
            other => other,
        }
    }
}

#[cfg(not(feature = "images"))]
mod pixels {
    use super::{Buffer, Gallery, Path, Picture, PictureSize, Rect};

    pub(super) fn pixels(_: &Path) -> Option<(u32, u32)> {
        None
    }

    pub(super) fn picture(_: &Path, _: PictureSize, _: Gallery) -> Option<Picture> {
        None
    }

    impl Picture {
        pub(in crate::tui) fn draw(&self, _: Rect, _: u16, _: &mut Buffer) {}
    }
}

/// How many pixels the picture in a file has; `None` where it is none that can be shown.
pub fn pixels(path: &Path) -> Option<(u32, u32)> {
    guarded(|| pixels::pixels(path)).flatten()
}

/// Reads a picture and makes it ready for the terminal.
pub fn picture(hung: &Hung, gallery: Gallery) -> Option<Picture> {
    guarded(|| pixels::picture(&hung.path, hung.size, gallery)).flatten()
}

/// A page's pictures, with the number of the request and the page's document.
type Wall = (u64, Arc<Document>, Vec<Hung>);

/// The handle to the thread that reads pictures. It starts with the first page that holds some.
pub struct Painter {
    gallery: Option<Gallery>,
    pages: Option<Sender<Wall>>,
    latest: Arc<AtomicU64>,
    events: Option<Box<dyn Fn(Event) -> bool + Send>>,
}

impl Painter {
    /// A painter that hands its pictures to `events`, which says whether anybody still listens.
    pub fn new(gallery: Option<Gallery>, events: impl Fn(Event) -> bool + Send + 'static) -> Self {
        Self { gallery, pages: None, latest: Arc::default(), events: Some(Box::new(events)) }
    }

    /// Asks for the pictures of a page. Those of the page before are no longer wanted.
    pub fn hang(&mut self, document: Arc<Document>, pictures: Vec<Hung>) {
        let Some(gallery) = self.gallery else {
            return;
        };
        let number = self.latest.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(events) = self.events.take() {
            let (sender, pages) = channel::<Wall>();
            let latest = self.latest.clone();
            let work = move || {
                while let Ok((number, document, pictures)) = pages.recv() {
                    for hung in pictures {
                        if latest.load(Ordering::SeqCst) != number {
                            break;
                        }
                        let document = document.clone();
                        events(match picture(&hung, gallery) {
                            Some(picture) => {
                                Event::Pictured { document, link: hung.link, picture: Arc::new(picture) }
                            }
                            None => Event::Damaged(hung.path),
                        });
                    }
                }
            };
            // Without a thread there is the line that says what the picture shows.
            let _ = std::thread::Builder::new().name("pictures".into()).spawn(work);
            self.pages = Some(sender);
        }
        if let Some(pages) = &self.pages {
            let _ = pages.send((number, document, pictures));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_known_by_name() {
        let check = |term: &str, program: &str, set: &[&str], expected: Way| {
            assert_eq!(way(term, program, &|name| set.contains(&name)), expected, "{term} {program} {set:?}");
        };
        check("xterm-kitty", "", &[], Way::Kitty);
        check("xterm-256color", "iTerm.app", &[], Way::Iterm2);
        check("xterm-256color", "WezTerm", &[], Way::Iterm2);
        check("foot", "", &[], Way::Sixel);
        check("xterm-256color", "", &[], Way::Blocks);
        check("tmux-256color", "tmux", &["TMUX", "KITTY_WINDOW_ID"], Way::Blocks);
        check("xterm-kitty", "", &["TMUX"], Way::Blocks);
    }

    #[test]
    fn pictures_fit_and_keep_their_shape() {
        let gallery = Gallery { way: Way::Blocks, across: 10, down: 20, true_colour: true };
        let size = |w, h, columns| gallery.size_of(w, h, columns).map(|s| (s.columns, s.rows));
        assert_eq!(size(64, 48, 80), Some((7, 3)));
        assert_eq!(size(8_000, 4_000, 80), Some((80, 20)));
        assert_eq!(size(8_000, 4_000, 40), Some((40, 10)));
        assert_eq!(size(100, 10_000, 80), Some((1, 20)));
        assert_eq!((size(0, 5, 80), size(5, 5, 0)), (None, None));
    }
}
