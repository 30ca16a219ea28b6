//! Zstandard in frames of a few megabytes, one behind the other, as `zstd -d` reads them: neither side holds more than
//! a frame.

use std::io::{self, BufRead, Read, Write};

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::text;

/// So many bytes go into a frame.
const FRAME: usize = 4 << 20;

/// Compresses what is written to it.
pub struct FrameWriter<W: Write> {
    inner: W,
    pending: Vec<u8>,
}

impl<W: Write> FrameWriter<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, pending: Vec::with_capacity(FRAME) }
    }

    /// Writes what is still to be written, and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_frame()?;
        Ok(self.inner)
    }

    fn write_frame(&mut self) -> io::Result<()> {
        if !self.pending.is_empty() {
            self.inner.write_all(&compress_to_vec(&self.pending[..], CompressionLevel::Fastest))?;
            self.pending.clear();
        }
        Ok(())
    }
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(FRAME - self.pending.len());
        self.pending.extend_from_slice(&bytes[..count]);
        if self.pending.len() == FRAME {
            self.write_frame()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads frames one behind the other.
pub enum FrameReader<R: BufRead> {
    Between(Option<R>),
    Within(Box<StreamingDecoder<R, FrameDecoder>>),
}

impl<R: BufRead> FrameReader<R> {
    pub fn new(inner: R) -> Self {
        Self::Between(Some(inner))
    }
}

fn broken() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        text!("it is not compressed as it should be", "压缩数据不完整或已损坏"),
    )
}

impl<R: BufRead> Read for FrameReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self {
                Self::Between(inner) => {
                    let Some(mut source) = inner.take() else { return Ok(0) };
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    *self = Self::Within(Box::new(StreamingDecoder::new(source).map_err(|_| broken())?));
                }
                Self::Within(decoder) => {
                    let count = decoder.read(buffer).map_err(|_| broken())?;
                    if count > 0 {
                        return Ok(count);
                    }
                    let Self::Within(decoder) = std::mem::replace(self, Self::Between(None)) else {
                        return Ok(0);
                    };
                    *self = Self::Between(Some(decoder.into_inner()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_in_frames_reads_back() {
        let bytes: Vec<u8> =
            (0..FRAME * 2 + 77).map(|at| u8::try_from(at * at / 1000 % 251).unwrap()).collect();
        let mut writer = FrameWriter::new(Vec::new());
        writer.write_all(&bytes).unwrap();
        let packed = writer.finish().unwrap();
        let mut read = Vec::new();
        FrameReader::new(&packed[..]).read_to_end(&mut read).unwrap();
        assert!(read == bytes);
    }
}
