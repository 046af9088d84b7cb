//! `petik completions` and `petik man`: what a shell and `man` are told of the commands and keys.

use crate::app::keymap::{sections, written};
use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io::{self, Write};

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, command: &mut Command) -> io::Result<u8> {
    // Into memory first: the generator does not tell of a pipe that is closed.
    let mut script = Vec::new();
    generate(shell, command, "petik", &mut script);
    put(&script)
}

/// Prints the manual page: the commands with their arguments, and all keys.
pub(super) fn page(command: &Command) -> io::Result<u8> {
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands(command).to_writer(&mut page)?;
    keys().to_writer(&mut page)?;
    man.render_version_section(&mut page)?;
    put(&page)
}

/// The subcommands, each with what it takes.
fn commands(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for own in command.get_subcommands().filter(|own| own.get_name() != "help") {
        roff.control("SS", [format!("petik {}", own.get_name()).as_str()]);
        let about = own.get_long_about().or(own.get_about()).map(ToString::to_string).unwrap_or_default();
        for paragraph in about.split("\n\n") {
            roff.text([roman(paragraph.to_owned())]);
        }
        for argument in
            own.get_arguments().filter(|argument| !matches!(argument.get_id().as_str(), "help" | "version"))
        {
            roff.control("TP", []);
            let value = argument
                .get_value_names()
                .and_then(|names| names.first())
                .filter(|_| argument.get_action().takes_values());
            let value = value.map(ToString::to_string).unwrap_or_default();
            match argument.get_long() {
                Some(long) => roff.text([bold(format!("--{long}")), roman(format!(" {value}"))]),
                None => roff.text([bold(value)]),
            };
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            let values: Vec<String> =
                argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            let among = if values.is_empty() || !argument.get_action().takes_values() {
                String::new()
            } else {
                format!(" [{}]", values.join(", "))
            };
            roff.text([roman(format!("{help}{among}"))]);
        }
    }
    roff
}

/// All keys, by where they are pressed.
fn keys() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    for (title, bindings) in sections(None) {
        roff.control("SS", [title]);
        for binding in bindings {
            roff.control("TP", []);
            roff.text([bold(written(binding))]);
            roff.text([roman(binding.help)]);
        }
    }
    roff
}

fn put(bytes: &[u8]) -> io::Result<u8> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(0)
}
