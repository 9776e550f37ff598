using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Predictions;

/// <summary>
/// Names a prediction: a UUIDv7 (RFC 9562) whose last 20 bits number the row within its request.
/// The id of a request is the id of its first row, so that a client that knows one can tell all.
/// </summary>
/// <remarks><c>default</c> names none. Ids sort by time (milliseconds), then at random.</remarks>
[JsonConverter(typeof(PredictionIdJsonConverter))]
public readonly record struct PredictionId : IComparable<PredictionId>
{
    /// <summary>Rows that one request may hold.</summary>
    public const int MaxRows = 1 << RowBits;
    private const int RowBits = 20;
    private const ulong RowMask = MaxRows - 1;
    private readonly ulong high;
    private readonly ulong low;

    public PredictionId(ulong high, ulong low)
    {
        this.high = high;
        this.low = low;
    }

    /// <summary>Milliseconds since 1970-01-01 UTC.</summary>
    public long UnixMilliseconds => (long)(high >> 16);

    public int Row => (int)(low & RowMask);

    public bool IsSet => high != 0;

    /// <summary>A new id of a request (row 0).</summary>
    /// <param name="unixMilliseconds">The time of the request.</param>
    /// <param name="random">10 random bytes at least.</param>
    public static PredictionId Create(long unixMilliseconds, ReadOnlySpan<byte> random)
    {
        var high = ((ulong)unixMilliseconds << 16) | 0x7000UL | (BinaryPrimitives.ReadUInt16LittleEndian(random) & 0x0FFFUL);
        var low = (BinaryPrimitives.ReadUInt64LittleEndian(random[2..]) & 0x3FFF_FFFF_FFFF_FFFFUL & ~RowMask) | 0x8000_0000_0000_0000UL;
        return new PredictionId(high, low);
    }

    public static PredictionId Create(TimeProvider time)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return Create(time.GetUtcNow().ToUnixTimeMilliseconds(), random);
    }

    /// <param name="row">0 to <see cref="MaxRows"/> - 1.</param>
    public PredictionId OfRow(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, MaxRows);
        return new PredictionId(high, (low & ~RowMask) | (uint)row);
    }

    /// <param name="bytes">16 bytes, as <see cref="Write"/> leaves them.</param>
    public static PredictionId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Writes 16 bytes in network order, so that bytes sort as ids do.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
    }

    public static PredictionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a prediction; expected a UUID, as in the answer's header 'fairlead-prediction'.");

    public static bool TryParse([NotNullWhen(true)] string? text, out PredictionId id)
    {
        id = default;
        if (!Guid.TryParseExact(text, "D", out var guid))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        id = Read(bytes);
        return id.IsSet;
    }

    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public bool TryFormat(Span<byte> utf8, out int written) => ToGuid().TryFormat(utf8, out written, "D");

    public int CompareTo(PredictionId other) => high != other.high ? high.CompareTo(other.high) : low.CompareTo(other.low);

    public override string ToString() => ToGuid().ToString("D");
}
