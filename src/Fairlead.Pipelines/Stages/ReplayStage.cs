using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Schemas;

namespace Fairlead.Pipelines.Stages;

internal sealed class ReplayStage : IStage
{
    public static readonly TimeSpan DefaultPeriod = TimeSpan.FromDays(7);

    public StageSchema Schema { get; } = StageSchemas.Find("replay")!;

    public StageStep Next(StageProgress progress)
    {
        var settings = progress.Settings;
        if (progress.State.Find("replay") is { Output: { } replayed })
            return ActivityOutcome.WhyNothing(replayed) is { } why ? StageStep.Skip(why) : StageStep.Succeed(replayed);
        // The same predictions at every try of the attempt.
        var until = progress.State.AttemptStartedAt!.Value;
        return StageStep.Run("replay", "replay", StageData.Object(
            ("from", settings.Required("from")),
            ("service", settings.Text("service")),
            ("since", (until - (settings.Duration("last") ?? DefaultPeriod)).ToString("O")),
            ("until", until.ToString("O")),
            ("target", settings.Text("release") ?? progress.Earlier("release")),
            ("environment", settings.Text("environment") ?? Delivered(progress)),
            ("where", settings.Text("where")),
            ("limit", settings.Find("limit")),
            ("ifNone", settings.Text("if-none")),
            ("user", progress.Plan.Cause.By)));
    }

    /// <summary>Where the first deployment after this stage goes; null when there is none, or when that is not known before it begins.</summary>
    private static string? Delivered(StageProgress progress) => progress.Plan.Stages
        .Where(stage => stage.Kind == "deploy" && StageOrder.Ancestors(progress.Plan, stage.Name).Contains(progress.Definition.Name))
        .Select(stage => new SettingValues(stage.Settings).Text("environment"))
        .FirstOrDefault() is { } environment && !environment.Contains("${{", StringComparison.Ordinal) ? environment : null;
}
