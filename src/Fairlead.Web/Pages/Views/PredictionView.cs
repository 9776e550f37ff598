namespace Fairlead.Web.Pages.Views;

/// <summary>One prediction: what was asked, what was answered, what turned out, and where it all came from.</summary>
public sealed record PredictionView
{
    public required string Id { get; init; }

    public required TimeView At { get; init; }

    public required StatusView Status { get; init; }

    public required string? Error { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    public required IReadOnlyList<FactView> Inputs { get; init; }

    public required IReadOnlyList<FactView> Outputs { get; init; }

    /// <summary>Empty until one is posted.</summary>
    public required IReadOnlyList<FactView> Outcome { get; init; }

    /// <summary>From the server group down to datasets and the commit.</summary>
    public required TraceNodeView Trace { get; init; }
}
