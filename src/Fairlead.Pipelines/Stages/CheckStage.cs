using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

/// <summary>Asks in turn by each of the ways that its settings name.</summary>
internal sealed class CheckStage : IStage
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(10);

    public StageSchema Schema { get; } = StageSchemas.Find("check")!;

    public StageStep Next(StageProgress progress)
    {
        var output = StageData.Nothing;
        foreach (var (way, input) in Ways(progress.Settings))
        {
            if (progress.State.Find(way) is not { } asked)
                return StageStep.Run(way, $"check-{way}", input);
            output = StageData.Merge(output, asked.Output);
        }

        return StageStep.Succeed(output);
    }

    private static IEnumerable<(string Way, JsonElement Input)> Ways(SettingValues settings)
    {
        var limit = (settings.Duration("within") ?? DefaultLimit).TotalMilliseconds;
        if (settings.Text("http") is { } url)
        {
            yield return (HttpCheckActivity.Way, StageData.Object(
                ("url", url),
                ("method", settings.Text("method") ?? "GET"),
                ("headers", settings.Map("headers")),
                ("body", settings.Find("body")),
                ("status", settings.Find("status")),
                ("environment", settings.Text("environment")),
                ("limit", (long)limit)));
        }

        if (settings.Text("grpc") is { } address)
            yield return ("grpc", StageData.Object(("address", address), ("service", settings.Text("grpc-service")), ("limit", (long)limit)));
        if (settings.Text("golden") is { } data)
        {
            yield return ("golden", StageData.Object(
                ("data", data),
                ("service", settings.Text("service")),
                ("environment", settings.Text("environment")),
                ("tolerance", settings.Find("tolerance")),
                ("relativeTolerance", settings.Find("relative-tolerance")),
                ("limit", (long)limit)));
        }
    }
}
