using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>Reads entries of the protocol's <c>map&lt;string, InferParameter&gt;</c>. Of a key that is there twice the last value counts.</summary>
internal static class GrpcParameters
{
    /// <summary>One parameter of a request.</summary>
    public static void ReadRequest(ProtoReader entry, InferRequest request)
    {
        var value = ReadEntry(entry, out var key);
        if (request.Parameters.Take(key, value, request.Outputs) is { } expected)
            throw Wrong("The request", key, value, expected);
    }

    /// <summary>One parameter of an input: none of them changes how it is read here.</summary>
    public static void CheckInput(ProtoReader entry, ReadOnlySpan<byte> name)
    {
        ReadEntry(entry, out var key);
        if (key.SequenceEqual("shared_memory_region"u8))
            throw Refusal.SharedMemory($"Input '{Refusal.Cut(name)}'");
    }

    /// <summary>One parameter of a requested output.</summary>
    public static void ReadOutput(ProtoReader entry, ref RequestedOutput output)
    {
        var value = ReadEntry(entry, out var key);
        if (key.SequenceEqual("shared_memory_region"u8))
            throw Refusal.SharedMemory("An output");
        if (!key.SequenceEqual("classification"u8))
            return;
        if (value.Whole is not { } classes || classes < 0 || classes > int.MaxValue)
            throw Wrong("An output", key, value, "a whole number of classes from 0");
        output = output with { Classes = (int)classes };
    }

    private static ParameterValue ReadEntry(ProtoReader entry, out ReadOnlySpan<byte> key)
    {
        key = default;
        var value = new ParameterValue { IsProto = true };
        while (entry.Next())
        {
            if (entry.Tag == ProtoTag.EntryKey)
                key = entry.Bytes();
            else if (entry.Tag == ProtoTag.EntryValue)
                value = ReadValue(entry.Message());
            else
                entry.Skip();
        }

        return value;
    }

    private static ParameterValue ReadValue(ProtoReader choice)
    {
        var value = new ParameterValue { IsProto = true };
        while (choice.Next())
        {
            switch (choice.Tag)
            {
                case ProtoTag.ParameterBool:
                    value = new ParameterValue { IsProto = true, IsBool = true, Bool = choice.Varint() != 0 };
                    break;
                case ProtoTag.ParameterInt64:
                    value = new ParameterValue { IsProto = true, Whole = (long)choice.Varint() };
                    break;
                case ProtoTag.ParameterUInt64:
                    value = new ParameterValue { IsProto = true, Whole = choice.Varint() };
                    break;
                case ProtoTag.ParameterString:
                    choice.Bytes();
                    value = new ParameterValue { IsProto = true, IsText = true };
                    break;
                case ProtoTag.ParameterDouble:
                    choice.Fixed64();
                    value = new ParameterValue { IsProto = true };
                    break;
                default:
                    choice.Skip();
                    break;
            }
        }

        return value;
    }

    private static Exception Wrong(string owner, ReadOnlySpan<byte> key, in ParameterValue value, string expected)
    {
        var given = value.IsText ? "a string" : value.IsBool ? $"'{value.Bool}'" : value.Whole is { } whole ? $"'{whole}'" : "another kind of value";
        return Refusal.Invalid($"{owner} has {given} in the parameter '{Refusal.Cut(key)}'; expected {expected}.");
    }
}
