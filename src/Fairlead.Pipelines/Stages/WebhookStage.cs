using System.Text.Json;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Pipelines.Activities;

namespace Fairlead.Pipelines.Stages;

internal sealed class WebhookStage : IStage
{
    public const string Callback = "callback";
    private static readonly TimeSpan DefaultCallbackTime = TimeSpan.FromHours(24);

    public StageSchema Schema { get; } = StageSchemas.Find("webhook")!;

    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        var hasCallback = settings.Flag(Callback, false);
        if (progress.State.Find("call") is not { } called)
        {
            return StageStep.Run("call", WebhookActivity.KindName, StageData.Object(
                ("url", settings.Required("url")),
                ("method", settings.Text("method") ?? "POST"),
                ("headers", settings.Map("headers")),
                ("body", settings.Find("body") ?? StageData.Merge(StageData.Object(("stage", progress.Definition.Name)), StageData.Of(progress.Plan, progress.Execution))),
                ("secretEnv", settings.Text("secret-env")),
                (Callback, hasCallback)));
        }

        if (!hasCallback)
            return StageStep.Succeed(called.Output);
        // A receiver may be quicker than the record of the call.
        if (progress.Signals(Callback).LastOrDefault() is { } signal)
            return Judge(signal.Data, called.Output);
        var until = called.FinishedAt + (settings.Duration("callback-within") ?? DefaultCallbackTime);
        return progress.Now >= until
            ? StageStep.Fail($"'{settings.Required("url")}' did not call back until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}.", isRetryable: true)
            : StageStep.Wait(until, "waits for the callback");
    }

    public string? Refuse(StageProgress progress, string signal, string by, JsonElement data) =>
        signal != Callback || !progress.Settings.Flag(Callback, false) ? $"The stage '{progress.Definition.Name}' waits for no {signal}."
        : progress.Signals(Callback).Any() ? $"The callback for stage '{progress.Definition.Name}' was received before."
        : null;

    private static StageStep Judge(JsonElement data, JsonElement? called)
    {
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("error", out var error))
            return StageStep.Fail($"The callback says: {error}.", isRetryable: true);
        return StageStep.Succeed(StageData.Merge(called ?? StageData.Nothing, StageData.Object((Callback, data))));
    }
}
