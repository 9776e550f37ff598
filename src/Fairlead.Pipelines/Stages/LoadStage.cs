using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class LoadStage : IStage
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(30);

    public StageSchema Schema { get; } = StageSchemas.Find("load")!;

    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        if (progress.State.Find("load") is { } loaded)
            return StageStep.Succeed(loaded.Output);
        return StageStep.Run("load", "load", StageData.Object(
            ("service", settings.Required("service")),
            ("environment", settings.Text("environment")),
            ("rate", settings.Find("rate")),
            ("seconds", (long)(settings.Duration("for") ?? DefaultLength).TotalSeconds),
            ("data", settings.Required("data")),
            ("path", settings.Text("path")),
            ("method", settings.Text("method")),
            ("profile", settings.Text("profile")),
            ("peak", settings.Find("peak")),
            ("protocol", settings.Text("protocol")),
            ("concurrency", settings.Find("concurrency")),
            ("rows", settings.Find("rows")),
            ("expect", settings.Texts("expect"))));
    }
}
