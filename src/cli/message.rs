//! What is said over the pipes between the command and its workers.
//!
//! ```text
//! → {"path":12,"member":null,"body":0}⏎vragen/a.pdf        the path's bytes, then those of stdin
//! ← {"questions":[{…}]}⏎                                                     or
//! ← {"failure":{"status":"scanned","reason":"…"}}⏎
//! ```

use super::input::{Input, Member};
use super::status::Failure;
use super::walk::to_path;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use vraagbaak::{Original, WrittenQuestion};

/// Bytes that go over a pipe at once: what one holds on Linux.
pub(super) const PIPE_BYTES: usize = 64 << 10;

/// Bytes of a head line, or of a path: far more than any that is meant.
const HEAD_BYTES: u64 = 1 << 20;

/// An input for a worker: it opens the path itself, except of stdin, which is the command's alone.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) input: Input,
    /// The bytes of stdin.
    pub(super) body: Vec<u8>,
    pub(super) want: Want,
}

/// What is wanted of an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Want {
    /// Its written questions.
    #[default]
    Questions,
    /// Its text, or its pages, to show beside them.
    Original,
}

#[derive(Serialize, Deserialize)]
struct Head {
    path: u64,
    member: Option<(usize, String)>,
    body: u64,
    #[serde(default)]
    want: Want,
}

impl Request {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let path = self.input.path.as_os_str().as_encoded_bytes();
        let member = self.input.member.as_ref().map(|member| (member.index, member.name.clone()));
        let head = Head { path: path.len() as u64, member, body: self.body.len() as u64, want: self.want };
        // In one piece: a write wakes who reads.
        let mut message = serde_json::to_vec(&head)?;
        for part in [b"\n", path, &self.body] {
            message.extend_from_slice(part);
        }
        out.write_all(&message)?;
        out.flush()
    }

    /// The next request; none when the command has no more.
    pub(super) fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        if from.take(HEAD_BYTES).read_until(b'\n', &mut head)? == 0 {
            return Ok(None);
        }
        let head: Head = serde_json::from_slice(&head)?;
        let (mut path, mut body) = (Vec::new(), Vec::new());
        from.take(head.path.min(HEAD_BYTES)).read_to_end(&mut path)?;
        from.take(head.body).read_to_end(&mut body)?;
        let path = to_path(path)?;
        let member = head.member.map(|(index, name)| Member { index, name });
        let name = Path::new(path.file_name().unwrap_or_default()).to_owned();
        Ok(Some(Self { input: Input { path, name, member }, body, want: head.want }))
    }
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    Questions(Vec<WrittenQuestion>),
    Original(Original),
    Failure(Failure),
}

impl Reply {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_over_as_it_was_sent() {
        let member = Some(Member { index: 3, name: "01/\"b\"\n.pdf".to_owned() });
        let sent = [
            Request {
                input: Input { member, ..Input::named(Path::new("a\nb.zip")) },
                body: Vec::new(),
                want: Want::Original,
            },
            Request { input: Input::named(Path::new("-")), body: b"1. Hoeveel?\n".to_vec(), want: Want::Questions },
        ];
        let mut pipe = Vec::new();
        sent.iter().for_each(|request| request.write(&mut pipe).unwrap());
        let mut pipe = pipe.as_slice();
        for request in sent {
            let came = Request::read(&mut pipe).unwrap().unwrap();
            assert_eq!((came.input.path, came.input.member), (request.input.path, request.input.member));
            assert_eq!((came.body, came.want), (request.body, request.want));
        }
        assert!(Request::read(&mut pipe).unwrap().is_none());
    }
}
