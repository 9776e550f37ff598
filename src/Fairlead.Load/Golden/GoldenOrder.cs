using Fairlead.Load.Inputs;

namespace Fairlead.Load.Golden;

/// <summary>Rows whose answers are known, and how far from them an answer may be.</summary>
public sealed record GoldenOrder
{
    public const int MaxRows = 10_000;
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    public required LoadTarget Target { get; init; }

    /// <summary>
    /// Columns named like the service's inputs, also as <c>input.NAME</c>; and like its outputs, also as <c>output.NAME</c> or <c>expected.NAME</c>,
    /// which is how one is called that is named like an input. What is null is not compared.
    /// </summary>
    public required LoadRows Rows { get; init; }

    /// <summary>Where the rows come from, for messages.</summary>
    public required string Data { get; init; }

    /// <summary>A number may be off by that much, or by <see cref="RelativeTolerance"/> times what is expected, whichever is more.</summary>
    public double Tolerance { get; init; }

    public double RelativeTolerance { get; init; }

    /// <summary>For one answer.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;
}
