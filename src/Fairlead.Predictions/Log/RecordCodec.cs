using System.Buffers.Binary;
using System.Text.Json;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Serialization;

namespace Fairlead.Predictions.Log;

/// <summary>Payloads of records: a fixed part by kind, then the variable parts end to end.</summary>
internal static class RecordCodec
{
    public const byte ContextKind = 1;
    public const byte ShadowKind = 4;
    public const byte SealKind = 255;
    public const int ContextFixed = 8;
    public const int PredictionFixed = 64;
    public const int ShadowFixed = PredictionFixed + ShadowOfSize;
    public const int OutcomeFixed = 32;
    public const int KeyedOutcomeFixed = 40;
    public const int SealSize = 24;
    private const int ShadowOfSize = 16;
    private const int TraceIdSize = 16;

    // Before version 3 the four bytes were the length of the trace id: its last three were zero, which stands for what was not recorded then.
    private const int TraceLengthAt = 48;
    private const int RouteAt = 49;
    private const int OmittedAt = 50;
    private const byte AboutEvery = 1;

    /// <summary>The seven bytes behind the kind of an outcome.</summary>
    private const int PostedAt = 1;

    public static long SizeOf(in CaptureEntry entry) =>
        (long)(entry.ShadowOf.IsSet ? ShadowFixed : PredictionFixed) + entry.Unit.Length + entry.RequestId.Length + entry.TraceId.Length + entry.Error.Length + entry.Inputs.Length + entry.Outputs.Length;

    /// <param name="target">As long as <see cref="SizeOf(in CaptureEntry)"/> says.</param>
    public static void WritePrediction(Span<byte> target, uint context, in CaptureEntry entry)
    {
        if (entry.TraceId.Length is not (0 or TraceIdSize))
            throw new ArgumentException($"A trace id has {TraceIdSize} bytes, not {entry.TraceId.Length}.", nameof(entry));
        target[0] = entry.ShadowOf.IsSet ? ShadowKind : (byte)SegmentRecordKind.Prediction;
        target[1] = (byte)entry.Role;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)entry.Status);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], context);
        entry.Id.Write(target[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], entry.TimeMicroseconds);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], entry.LatencyMicroseconds);
        BinaryPrimitives.WriteInt32LittleEndian(target[36..], entry.Rows);
        BinaryPrimitives.WriteInt32LittleEndian(target[40..], entry.Unit.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[44..], entry.RequestId.Length);
        target[TraceLengthAt] = (byte)entry.TraceId.Length;
        target[RouteAt] = (byte)entry.Route;
        target[OmittedAt] = (byte)entry.Omitted;
        target[OmittedAt + 1] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(target[52..], entry.Error.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[56..], entry.Inputs.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[60..], entry.Outputs.Length);
        var rest = target[PredictionFixed..];
        if (entry.ShadowOf.IsSet)
        {
            entry.ShadowOf.Write(rest);
            rest = rest[ShadowOfSize..];
        }

        Put(ref rest, entry.Unit);
        Put(ref rest, entry.RequestId);
        Put(ref rest, entry.TraceId);
        Put(ref rest, entry.Error);
        Put(ref rest, entry.Inputs);
        Put(ref rest, entry.Outputs);
    }

    public static void WriteContext(Span<byte> target, uint id, ReadOnlySpan<byte> json)
    {
        target[..ContextFixed].Clear();
        target[0] = ContextKind;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], id);
        json.CopyTo(target[ContextFixed..]);
    }

    /// <param name="posted">Microseconds; 0 leaves it open.</param>
    public static void WriteOutcome(Span<byte> target, PredictionId prediction, long timeMicroseconds, long posted, ReadOnlySpan<byte> json)
    {
        WriteKindAndPosted(target, SegmentRecordKind.Outcome, posted);
        prediction.Write(target[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], timeMicroseconds);
        json.CopyTo(target[OutcomeFixed..]);
    }

    public static long SizeOf(in KeyedOutcomeEntry entry) =>
        (long)KeyedOutcomeFixed + entry.Service.Length + entry.Environment.Length + entry.Unit.Length + entry.Json.Length;

    /// <param name="target">As long as <see cref="SizeOf(in KeyedOutcomeEntry)"/> says.</param>
    public static void WriteKeyedOutcome(Span<byte> target, in KeyedOutcomeEntry entry)
    {
        WriteKindAndPosted(target, SegmentRecordKind.KeyedOutcome, entry.PostedMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], entry.TimeMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], entry.WindowMicroseconds);
        BinaryPrimitives.WriteInt32LittleEndian(target[24..], entry.IsAboutEvery ? AboutEvery : 0);
        BinaryPrimitives.WriteInt32LittleEndian(target[28..], entry.Service.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], entry.Environment.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target[36..], entry.Unit.Length);
        var rest = target[KeyedOutcomeFixed..];
        Put(ref rest, entry.Service);
        Put(ref rest, entry.Environment);
        Put(ref rest, entry.Unit);
        Put(ref rest, entry.Json);
    }

    /// <param name="records">Predictions and outcomes in the segment.</param>
    public static void WriteSeal(Span<byte> target, long records, long timeMicroseconds)
    {
        target[..SealSize].Clear();
        target[0] = SealKind;
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], records);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], timeMicroseconds);
    }

    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static (uint Id, CaptureContext Context) ReadContext(ReadOnlySpan<byte> payload)
    {
        Require(payload.Length > ContextFixed);
        try
        {
            var context = JsonSerializer.Deserialize(payload[ContextFixed..], DomainJson.Default.CaptureContext);
            return (BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]), context ?? throw new InvalidDataException("Its context is null."));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("Its context is no JSON of a context.", e);
        }
    }

    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static SegmentRecord ReadPrediction(ReadOnlySpan<byte> payload, Dictionary<uint, CaptureContext> contexts)
    {
        var isShadow = payload[0] == ShadowKind;
        Require(payload.Length >= (isShadow ? ShadowFixed : PredictionFixed));
        var rest = payload[(isShadow ? ShadowFixed : PredictionFixed)..];
        var id = PredictionId.Read(payload[8..]);
        if (!contexts.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]), out var context))
            throw new InvalidDataException("Its context is not in the segment.");
        var record = new SegmentRecord
        {
            Kind = SegmentRecordKind.Prediction,
            Context = context,
            Id = id,
            Request = isShadow ? PredictionId.Read(payload[PredictionFixed..]) : id,
            TimeMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(payload[24..]),
            LatencyMicroseconds = BinaryPrimitives.ReadInt32LittleEndian(payload[32..]),
            Status = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]),
            Role = (PredictionRole)payload[1],
            Route = (RouteKind)payload[RouteAt],
            Omitted = (OmittedParts)payload[OmittedAt],
            Rows = BinaryPrimitives.ReadInt32LittleEndian(payload[36..]),
            Unit = Take(ref rest, payload[40..]),
            RequestId = Take(ref rest, payload[44..]),
            TraceId = Take(ref rest, payload[TraceLengthAt]),
            Error = Take(ref rest, payload[52..]),
            Inputs = Take(ref rest, payload[56..]),
            Outputs = Take(ref rest, payload[60..]),
        };
        Require(rest.IsEmpty);
        return record;
    }

    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static SegmentRecord ReadOutcome(ReadOnlySpan<byte> payload)
    {
        Require(payload.Length >= OutcomeFixed);
        return new SegmentRecord
        {
            Kind = SegmentRecordKind.Outcome,
            Id = PredictionId.Read(payload[8..]),
            TimeMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(payload[24..]),
            PostedMicroseconds = ReadPosted(payload),
            Json = payload[OutcomeFixed..],
        };
    }

    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static SegmentRecord ReadKeyedOutcome(ReadOnlySpan<byte> payload)
    {
        Require(payload.Length >= KeyedOutcomeFixed);
        var rest = payload[KeyedOutcomeFixed..];
        var service = Take(ref rest, payload[28..]);
        var environment = Take(ref rest, payload[32..]);
        var unit = Take(ref rest, payload[36..]);
        return new SegmentRecord
        {
            Kind = SegmentRecordKind.KeyedOutcome,
            TimeMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]),
            PostedMicroseconds = ReadPosted(payload),
            WindowMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(payload[16..]),
            IsAboutEvery = (payload[24] & AboutEvery) != 0,
            Service = service,
            Environment = environment,
            Unit = unit,
            Json = rest,
        };
    }

    /// <summary>Predictions and outcomes that a sealed segment holds.</summary>
    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static long ReadSeal(ReadOnlySpan<byte> payload)
    {
        Require(payload.Length == SealSize);
        return BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
    }

    private static void WriteKindAndPosted(Span<byte> target, SegmentRecordKind kind, long posted)
    {
        // The lowest byte of the shifted number makes room for the kind, which is written over it.
        BinaryPrimitives.WriteInt64LittleEndian(target, posted << 8);
        target[0] = (byte)kind;
    }

    private static long ReadPosted(ReadOnlySpan<byte> payload) => BinaryPrimitives.ReadInt64LittleEndian(payload) >>> (8 * PostedAt);

    private static void Put(ref Span<byte> target, ReadOnlySpan<byte> part)
    {
        part.CopyTo(target);
        target = target[part.Length..];
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> length) =>
        Take(ref rest, BinaryPrimitives.ReadUInt32LittleEndian(length));

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, uint count)
    {
        Require(count <= (uint)rest.Length);
        var part = rest[..(int)count];
        rest = rest[(int)count..];
        return part;
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidDataException("Its lengths do not add up.");
    }
}
