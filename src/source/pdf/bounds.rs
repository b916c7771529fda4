//! What may be inflated: streams are measured before the crate unpacks them, and the whole document is counted.
//!
//! A stream that cannot pass the cap, its packed size times the most that its filters can give, is unpacked at once;
//! only a large one is measured first, without keeping what comes out.

use crate::error::Error;
use crate::limits::{Limit, Limits};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use flate2::{Decompress, FlushDecompress, Status};
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use hayro_syntax::object::dict::keys;
use std::borrow::Cow;
use std::io::{self, Read};

/// The most bytes that one packed byte can become: deflate's 1032 (zlib's documentation), LZW's 4096-byte codes of
/// 12 bits, a run of 128 in two bytes, four zeros for `z` in base 85.
const fn most(filter: Filter) -> u64 {
    match filter {
        Filter::FlateDecode => 1032,
        Filter::LzwDecode => 2731,
        Filter::RunLengthDecode => 64,
        Filter::Ascii85Decode => 4,
        _ => 1,
    }
}

/// What the document has inflated so far, against its caps.
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    spent: u64,
    /// Kept from stream to stream: its tables and window take longer to set up than a short stream to inflate.
    inflater: Decompress,
}

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, spent: 0, inflater: Decompress::new(true) }
    }

    /// Counts bytes that were inflated, or read again.
    pub(super) fn spend(&mut self, bytes: u64) -> Result<(), Error> {
        self.spent = self.spent.saturating_add(bytes);
        let allowed = self.limits.document_bytes;
        if self.spent <= allowed {
            return Ok(());
        }
        Err(Error::OverLimit { limit: Limit::DocumentBytes, found: self.spent, allowed })
    }

    /// The unpacked bytes of a stream; nothing for an image or a stream that is broken.
    pub(super) fn unpack<'a>(&mut self, stream: &Stream<'a>) -> Result<Option<Cow<'a, [u8]>>, Error> {
        if stream.filters().iter().copied().any(is_image) {
            return Ok(None);
        }
        self.admit(stream)?;
        let unpacked = self.inflate(stream).map(Cow::Owned).or_else(|| stream.decoded_data().ok());
        self.spend(unpacked.as_ref().map_or(0, |bytes| bytes.len() as u64))?;
        Ok(unpacked)
    }

    /// What a stream that was admitted becomes where it is deflated, nothing else, and whole; all others are the crate's.
    fn inflate(&mut self, stream: &Stream<'_>) -> Option<Vec<u8>> {
        let dict = stream.dict();
        let is_plain = stream.filters().as_slice() == [Filter::FlateDecode]
            && ![b"F".as_slice(), b"DP", keys::DECODE_PARMS].iter().any(|key| dict.contains_key(key));
        is_plain.then(|| inflate(&stream.raw_data(), &mut self.inflater)).flatten()
    }

    /// Whether a stream that the crate will unpack by itself stays under the cap.
    pub(super) fn admit(&self, stream: &Stream<'_>) -> Result<(), Error> {
        let filters = stream.filters();
        let ratio = filters.iter().fold(1_u64, |product, &f| product.saturating_mul(most(f)));
        let raw = stream.raw_data();
        if (raw.len() as u64).saturating_mul(ratio) <= self.limits.stream_bytes {
            return Ok(());
        }
        match filters.as_slice() {
            [Filter::FlateDecode] => self.measure(&raw).map(|_| ()),
            _ => self.measure_chain(&raw, &filters),
        }
    }

    /// How many bytes a deflated stream becomes, were it to be unpacked.
    pub(super) fn measure(&self, packed: &[u8]) -> Result<u64, Error> {
        let allowed = self.limits.stream_bytes;
        let found = inflated_length(packed, allowed + 1);
        if found > allowed { Err(self.over_stream(found)) } else { Ok(found) }
    }

    /// Filters in a row: those that are deflate are unpacked under the cap, of the others the most is assumed.
    fn measure_chain(&self, raw: &[u8], filters: &[Filter]) -> Result<(), Error> {
        let mut bytes = Cow::Borrowed(raw);
        let mut size = raw.len() as u64;
        for &filter in filters {
            if filter == Filter::FlateDecode && size == bytes.len() as u64 {
                let mut out = Vec::new();
                let cap = self.limits.stream_bytes + 1;
                let _ = ZlibDecoder::new(bytes.as_ref()).take(cap).read_to_end(&mut out);
                size = out.len() as u64;
                bytes = Cow::Owned(out);
            } else {
                size = size.saturating_mul(most(filter));
            }
            if size > self.limits.stream_bytes {
                return Err(self.over_stream(size));
            }
        }
        Ok(())
    }

    fn over_stream(&self, found: u64) -> Error {
        Error::OverLimit { limit: Limit::StreamBytes, found, allowed: self.limits.stream_bytes }
    }
}

/// How much a page's instructions swell, usually.
const USUAL_RATIO: usize = 5;

/// A deflated stream in one piece; none where it is broken.
fn inflate(packed: &[u8], inflater: &mut Decompress) -> Option<Vec<u8>> {
    inflater.reset(true);
    let mut out = Vec::with_capacity(packed.len().saturating_mul(USUAL_RATIO));
    loop {
        let before = (inflater.total_in(), out.len());
        let rest = packed.get(usize::try_from(before.0).ok()?..)?;
        match inflater.decompress_vec(rest, &mut out, FlushDecompress::None).ok()? {
            Status::StreamEnd => return Some(out),
            _ if out.len() == out.capacity() => out.reserve(out.len().max(1024)),
            // There is room, and no more comes: it was cut off.
            _ if (inflater.total_in(), out.len()) == before => return None,
            _ => {}
        }
    }
}

fn is_image(filter: Filter) -> bool {
    matches!(filter, Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode)
}

/// The length of what a deflated stream becomes, counted up to a cap; with and without the zlib header, as the crate
/// tries both.
fn inflated_length(packed: &[u8], cap: u64) -> u64 {
    let count = |reader: &mut dyn Read| {
        let mut buffer = vec![0_u8; 1 << 16];
        let mut total = 0_u64;
        while total < cap {
            match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => total += read as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        total
    };
    count(&mut ZlibDecoder::new(packed)).max(count(&mut DeflateDecoder::new(packed)))
}

/// Measures the streams that the crate unpacks before anybody can look: object streams and reference streams.
pub(super) fn check_structure(bytes: &[u8], budget: &mut Budget<'_>) -> Result<(), Error> {
    for mark in [b"/ObjStm".as_slice(), b"/XRef"] {
        for at in memchr::memmem::find_iter(bytes, mark) {
            if let Some(packed) = stream_after(bytes, at) {
                let size = budget.measure(packed)?;
                budget.spend(size)?;
            }
        }
    }
    Ok(())
}

/// Measures every stream of the file, for an engine that unpacks without asking.
#[cfg(feature = "second-opinion")]
pub(super) fn check_all_streams(bytes: &[u8], budget: &mut Budget<'_>) -> Result<(), Error> {
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let starts = bytes.get(at + b"stream".len()).is_some_and(|&byte| byte == b'\r' || byte == b'\n');
        if starts && let Some(packed) = stream_after(bytes, at) {
            let size = budget.measure(packed)?;
            budget.spend(size)?;
        }
    }
    Ok(())
}

/// How far behind its type the data of a stream may begin: the rest of its dictionary.
const DICTIONARY_REST: usize = 4096;

fn stream_after(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let rest = bytes.get(at..)?;
    let head = rest.get(..DICTIONARY_REST).unwrap_or(rest);
    let start = memchr::memmem::find(head, b"stream")? + b"stream".len();
    let data = rest.get(start..)?;
    let skip = data.iter().take(2).take_while(|&&b| b == b'\r' || b == b'\n').count();
    let end = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
    data.get(skip..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn zeros(length: usize) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0; length]).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_bomb_in_an_object_stream_is_over_the_limit_before_it_is_unpacked() {
        let limits = Limits { stream_bytes: 1 << 16, ..Limits::default() };
        let file = |data: &[u8]| [b"1 0 obj <</Type/ObjStm>> stream\r\n".as_slice(), data, b"\nendstream"].concat();
        assert!(check_structure(&file(&zeros(1000)), &mut Budget::new(&limits)).is_ok());
        let bomb = check_structure(&file(&zeros(1 << 17)), &mut Budget::new(&limits));
        assert!(matches!(bomb, Err(Error::OverLimit { limit: Limit::StreamBytes, .. })));
    }

    #[test]
    fn many_small_streams_are_counted_together() {
        let limits = Limits { document_bytes: 2500, ..Limits::default() };
        let one = [b"<</Type/ObjStm>> stream\n".as_slice(), &zeros(1000), b"\nendstream "].concat();
        assert!(check_structure(&one.repeat(2), &mut Budget::new(&limits)).is_ok());
        assert!(check_structure(&one.repeat(3), &mut Budget::new(&limits)).is_err());
    }
}
