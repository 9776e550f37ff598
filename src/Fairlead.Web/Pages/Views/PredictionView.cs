using System.Text.Json;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;

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

    public static PredictionView Of(PredictionTrace trace, DateTimeOffset now) => new()
    {
        Id = trace.Prediction.Id.ToString(),
        At = TimeView.Of(trace.Prediction.Time, now),
        Status = StatusView.OfHttp(trace.Prediction.Status),
        Error = trace.Prediction.Error,
        Facts = FactsOf(trace.Prediction),
        Inputs = Values(trace.Prediction.Inputs),
        Outputs = Values(trace.Prediction.Outputs),
        Outcome = Values(trace.Outcome?.Values),
        Trace = PredictionTrail.Of(trace),
    };

    private static List<FactView> FactsOf(Prediction prediction)
    {
        var facts = new List<FactView>
        {
            new("Environment", prediction.Environment),
            new("Service", prediction.Service),
            new("Latency", PageText.Latency(prediction.LatencyMicroseconds)),
            new("Role", prediction.Role.ToString().ToLowerInvariant()),
        };
        if (prediction.Request != prediction.Id)
            facts.Add(new FactView("Row", $"{prediction.Row} of request {prediction.Request}", PagePaths.Prediction(prediction.Request.ToString())));
        if (prediction.Unit is { Length: > 0 } unit)
            facts.Add(new FactView("Unit", unit));
        if (prediction.RequestId is { Length: > 0 } requestId)
            facts.Add(new FactView("Client's id", requestId));
        if (prediction.TraceId is { Length: > 0 } traceId)
            facts.Add(new FactView("Trace id", traceId));
        facts.Add(new FactView("Configuration", prediction.Configuration.ToString()));
        return facts;
    }

    // Rows of all services are read together, so that the fields of the others are there as nulls.
    private static List<FactView> Values(IReadOnlyDictionary<string, JsonElement>? values) =>
        [.. (values ?? new Dictionary<string, JsonElement>())
            .Where(pair => pair.Value.ValueKind != JsonValueKind.Null)
            .Select(pair => new FactView(pair.Key, PageText.Value(pair.Value)))];
}
