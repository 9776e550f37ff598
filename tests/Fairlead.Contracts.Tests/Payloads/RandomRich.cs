using Fairlead.Contracts.Tests.Generated;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Fairlead.Contracts.Tests.Payloads;

/// <summary>Random messages that use every field and type of the test's contract.</summary>
internal sealed class RandomRich(Random random)
{
    private static readonly double[] Doubles = [0, -0.0, 1, -1.5, 0.1, 1e300, 5e-324, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 123456789.123];
    private static readonly string[] Texts = ["", "a", "ünï\u20ac\U0001F600", "\"quotes\" \\ / <html> & 'x'", "\0\u0001\u001f\u007f\u2028", "line\nline\ttab\r"];

    public Rich Next()
    {
        var message = new Rich();
        Fill(message, depth: 0);
        return message;
    }

    private void Fill(IMessage message, int depth)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.ContainingOneof is { IsSynthetic: false } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) is not null && random.Next(2) == 0)
                continue;
            if (random.Next(10) < (field.FieldType == FieldType.Message && depth > 2 ? 8 : 4))
                continue;
            Set(message, field, depth);
        }
    }

    private void Set(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
            for (var count = random.Next(4); count > 0; count--)
                map[Value(field.MessageType.FindFieldByNumber(1), depth)!] = Value(field.MessageType.FindFieldByNumber(2), depth);
        }
        else if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(message);
            for (var count = random.Next(4); count > 0; count--)
                list.Add(Value(field, depth));
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object? Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Double => Double(),
        FieldType.Float => (float)Double(),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)Bits(),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Bits(),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => (long)Bits(),
        FieldType.UInt64 or FieldType.Fixed64 => Bits(),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.String => Text(),
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.Enum => field.EnumType.Name == nameof(NullValue) ? NullValue.NullValue : Enum(),
        _ => Message(field.MessageType, depth + 1),
    };

    private object Message(MessageDescriptor type, int depth)
    {
        switch (type.Name)
        {
            case nameof(Timestamp):
                return new Timestamp { Seconds = random.NextInt64(-62_135_596_800, 253_402_300_800), Nanos = Nanos() };
            case nameof(Duration):
                var sign = random.Next(2) == 0 ? 1 : -1;
                return new Duration { Seconds = sign * random.NextInt64(315_576_000_000) * random.Next(2), Nanos = sign * Nanos() };
            case nameof(FieldMask):
                return new FieldMask { Paths = { Enumerable.Range(0, random.Next(4)).Select(index => $"foo_bar.baz{index}") } };
            case nameof(Any):
                return AnyOf(random.Next(3) == 0 ? new Duration { Seconds = 5 } : depth > 3 ? new Small { Text = Text() } : new RandomRich(random).Small(depth));
            case nameof(Value):
                return Dynamic(depth);
            case nameof(Struct):
                return new Struct { Fields = { Enumerable.Range(0, random.Next(3)).ToDictionary(index => $"k{index}", _ => Dynamic(depth + 1)) } };
            case nameof(ListValue):
                return new ListValue { Values = { Enumerable.Range(0, random.Next(3)).Select(_ => Dynamic(depth + 1)) } };
            default:
                return Filled(type, depth);
        }
    }

    // Wrappers are plain values to the accessors of generated classes.
    private object Filled(MessageDescriptor type, int depth)
    {
        if (type.File == WrappersReflection.Descriptor)
            return Value(type.FindFieldByNumber(1), depth)!;
        var message = type.Parser.ParseFrom(ReadOnlySpan<byte>.Empty.ToArray());
        Fill(message, depth);
        return message;
    }

    private IMessage Small(int depth)
    {
        var inner = new Rich();
        Fill(inner, depth + 2);
        return inner;
    }

    private static Any AnyOf(IMessage message) => Any.Pack(message);

    private Value Dynamic(int depth) => random.Next(depth > 4 ? 4 : 6) switch
    {
        0 => Google.Protobuf.WellKnownTypes.Value.ForNull(),
        1 => Google.Protobuf.WellKnownTypes.Value.ForNumber(random.Next(-5, 5) / 4.0),
        2 => Google.Protobuf.WellKnownTypes.Value.ForString(Text()),
        3 => Google.Protobuf.WellKnownTypes.Value.ForBool(random.Next(2) == 0),
        4 => Google.Protobuf.WellKnownTypes.Value.ForStruct((Struct)Message(Struct.Descriptor, depth + 1)),
        _ => Google.Protobuf.WellKnownTypes.Value.ForList(Dynamic(depth + 1), Dynamic(depth + 1)),
    };

    private Color Enum() => random.Next(5) switch
    {
        0 => Color.None,
        1 => Color.Red,
        2 => Color.Far,
        3 => Color.Below,
        _ => (Color)random.Next(-100, 100),
    };

    private double Double() => random.Next(3) == 0 ? random.NextDouble() * 1000 : Doubles[random.Next(Doubles.Length)];

    private ulong Bits() => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private int Nanos() => random.Next(4) switch { 0 => 0, 1 => 1_000_000 * random.Next(1000), 2 => 1_000 * random.Next(1_000_000), _ => random.Next(1_000_000_000) };

    private string Text() => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)];

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(9)];
        random.NextBytes(bytes);
        return bytes;
    }
}
