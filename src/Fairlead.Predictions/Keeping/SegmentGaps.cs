using System.Buffers.Binary;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Keeping;

/// <summary>Looks at the bytes of a sealed segment that no checksum covers: those that fill up a record to a multiple of eight.</summary>
internal static class SegmentGaps
{
    /// <param name="path">Of a segment whose records are whole.</param>
    /// <exception cref="FileNotFoundException">It was compacted meanwhile.</exception>
    public static bool AreZero(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan(SegmentFormat.HeaderSize);
        while (bytes.Length >= SegmentFormat.FrameHeaderSize)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var end = SegmentFormat.FrameHeaderSize + length;
            var next = (int)Math.Min(bytes.Length, SegmentFormat.FrameSize(length));
            if (length == 0 || end > bytes.Length || bytes[end..next].ContainsAnyExcept((byte)0))
                return false;
            bytes = bytes[next..];
        }

        return bytes.IsEmpty;
    }
}
