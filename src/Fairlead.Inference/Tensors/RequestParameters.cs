namespace Fairlead.Inference.Tensors;

/// <summary>
/// The request's own parameters. Those that the protocol's extensions reserve are checked, and kept where the host acts on them; all
/// others are a client's own business and are passed over.
/// </summary>
internal sealed class RequestParameters
{
    private const string ReservedByTriton = "another key: parameter keys starting with 'triton_' are reserved for Triton usage and should not be specified";

    public long TimeoutMicroseconds { get; private set; }

    public ulong Priority { get; private set; }

    public void Clear()
    {
        TimeoutMicroseconds = 0;
        Priority = 0;
    }

    /// <returns>What was expected of the parameter in place of its value, or null when all is well.</returns>
    public string? Take(ReadOnlySpan<byte> key, in ParameterValue value, OutputChoice outputs)
    {
        if (key.SequenceEqual("timeout"u8))
            return TakeTimeout(value);
        if (key.SequenceEqual("priority"u8))
            return TakePriority(value);
        if (key.SequenceEqual("binary_data_output"u8))
            return TakeBinary(value, outputs);
        if (key.SequenceEqual("sequence_start"u8) || key.SequenceEqual("sequence_end"u8))
            return value.IsBool ? null : "true or false";
        if (key.SequenceEqual("sequence_id"u8))
            return value.IsText || (value.Whole >= 0 && value.Whole <= ulong.MaxValue) ? null : "a string, or a whole number from 0";
        // Clients of streams send it to every server; here each request has one answer, which is the last.
        if (key.SequenceEqual("triton_enable_empty_final_response"u8) && value.IsProto)
            return value.IsBool ? null : "true or false";
        return key.StartsWith("triton_"u8) ? ReservedByTriton : null;
    }

    private string? TakeTimeout(in ParameterValue value)
    {
        if (value.Whole is not { } timeout || timeout < 0 || timeout > long.MaxValue)
            return "a whole number of microseconds from 0";
        TimeoutMicroseconds = (long)timeout;
        return null;
    }

    private string? TakePriority(in ParameterValue value)
    {
        if (value.Whole is not { } priority || priority < 0 || priority > ulong.MaxValue)
            return "a whole number from 0";
        Priority = (ulong)priority;
        return null;
    }

    private static string? TakeBinary(in ParameterValue value, OutputChoice outputs)
    {
        if (!value.IsBool)
            return "true or false";
        outputs.AreBinary = value.Bool;
        return null;
    }
}
