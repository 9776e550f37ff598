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
    public const int SealSize = 24;
    private const int ShadowOfSize = 16;
    private const int TraceIdSize = 16;

    public static long SizeOf(in CaptureEntry entry) =>
        (long)(entry.ShadowOf.IsSet ? ShadowFixed : PredictionFixed) + entry.Unit.Length + entry.RequestId.Length + entry.TraceId.Length + entry.Error.Length + entry.Inputs.Length + entry.Outputs.Length;

    /// <param name="target">As long as <see cref="SizeOf"/> says.</param>
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
        BinaryPrimitives.WriteInt32LittleEndian(target[48..], entry.TraceId.Length);
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

    public static void WriteOutcome(Span<byte> target, PredictionId prediction, long timeMicroseconds, ReadOnlySpan<byte> json)
    {
        target[..OutcomeFixed].Clear();
        target[0] = (byte)SegmentRecordKind.Outcome;
        prediction.Write(target[8..]);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], timeMicroseconds);
        json.CopyTo(target[OutcomeFixed..]);
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
            Rows = BinaryPrimitives.ReadInt32LittleEndian(payload[36..]),
            Unit = Take(ref rest, payload[40..]),
            RequestId = Take(ref rest, payload[44..]),
            TraceId = Take(ref rest, payload[48..]),
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
            Json = payload[OutcomeFixed..],
        };
    }

    /// <summary>Predictions and outcomes that a sealed segment holds.</summary>
    /// <exception cref="InvalidDataException">The payload does not hold what its kind says.</exception>
    public static long ReadSeal(ReadOnlySpan<byte> payload)
    {
        Require(payload.Length == SealSize);
        return BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
    }

    private static void Put(ref Span<byte> target, ReadOnlySpan<byte> part)
    {
        part.CopyTo(target);
        target = target[part.Length..];
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> length)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(length);
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
