//! The config was changed: what it says holds from now on.

use crate::config::settings::Settings;
use crate::tui::effect::Effect;
use crate::tui::event::Changed;
use crate::tui::model::{Message, Model};
use crate::tui::update::reload;

/// Takes what is set now. What was chosen on the screen stays where the config says nothing new of it.
pub(super) fn configure(model: &mut Model, settings: Settings, effects: &mut Vec<Effect>) {
    let before = std::mem::replace(&mut model.set, settings);
    let set = model.set.clone();
    let looks = &mut model.looks;
    if set.looks.theme != before.looks.theme {
        looks.theme.clone_from(&set.looks.theme);
    }
    looks.own.clone_from(&set.looks.own);
    if !looks.has(&looks.theme) {
        looks.theme.clone_from(&set.looks.theme);
    }
    looks.depth = set.looks.depth;
    model.theme = looks.made();
    model.config_fault = false;
    model.keymap = set.keymap.clone();
    model.typed.clear();
    model.measure = set.measure;
    if set.mouse != before.mouse {
        model.mouse = set.mouse;
        effects.push(Effect::Mouse(set.mouse));
    }
    if (&set.notes, set.limits) != (&before.notes, before.limits) {
        reload(model, Changed::Anything, effects);
    }
    if (set.images, set.ascii, set.wide_signs) != (before.images, before.ascii, before.wide_signs) {
        effects.push(Effect::Equip);
        model.reader.forget();
    }
    model.message = Some(Message::Done("the config was changed, and holds".into()));
}
