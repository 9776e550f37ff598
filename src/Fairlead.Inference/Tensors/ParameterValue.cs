namespace Fairlead.Inference.Tensors;

/// <summary>The value of a parameter, as far as any parameter's meaning needs it. <c>default</c> is a value of another kind.</summary>
internal readonly record struct ParameterValue
{
    public bool IsBool { get; init; }

    public bool Bool { get; init; }

    public bool IsText { get; init; }

    /// <summary>Null when the value is no whole number.</summary>
    public Int128? Whole { get; init; }

    /// <summary>True when it came by gRPC.</summary>
    public bool IsProto { get; init; }
}
