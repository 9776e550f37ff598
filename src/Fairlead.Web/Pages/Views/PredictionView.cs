using System.Text.Json;
using Fairlead.Predictions.Query;
using Fairlead.Predictions.Tracing;
using Fairlead.Replay.Verification;

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

    /// <summary>What scoring it again came to, when that was last done; empty before.</summary>
    public required IReadOnlyList<FactView> Verification { get; init; }

    /// <summary>From the server group down to datasets and the commit.</summary>
    public required TraceNodeView Trace { get; init; }

    public static PredictionView Of(PredictionTrace trace, VerificationReport? verification, DateTimeOffset now) => new()
    {
        Id = trace.Prediction.Id.ToString(),
        At = TimeView.Of(trace.Prediction.Time, now),
        Status = StatusView.OfHttp(trace.Prediction.Status),
        Error = trace.Prediction.Error,
        Facts = [.. FactsOf(trace.Prediction), .. Surroundings(trace)],
        Inputs = Values(trace.Prediction.Inputs),
        Outputs = Values(trace.Prediction.Outputs),
        Outcome = Values(trace.Outcome?.Values),
        Verification = VerificationFacts.Of(verification, now),
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

    private static IEnumerable<FactView> Surroundings(PredictionTrace trace)
    {
        foreach (var related in trace.Related)
            yield return new FactView($"{related.Role} answer", $"{related.Id} by {related.ServerGroup}", PagePaths.Prediction(related.Id.ToString()));
        if (trace.Experiment is { } experiment)
            yield return new FactView("Experiment", experiment, PagePaths.Experiment(experiment));
        if (trace.Redacted.Count > 0)
            yield return new FactView("Redacted", string.Join(", ", trace.Redacted));
        if (trace.Hashed.Count > 0)
            yield return new FactView("Hashed", string.Join(", ", trace.Hashed));
    }

    // Rows of all services are read together, so that the fields of the others are there as nulls.
    private static List<FactView> Values(IReadOnlyDictionary<string, JsonElement>? values) =>
        [.. (values ?? new Dictionary<string, JsonElement>())
            .Where(pair => pair.Value.ValueKind != JsonValueKind.Null)
            .Select(pair => new FactView(pair.Key, PageText.Value(pair.Value)))];
}
