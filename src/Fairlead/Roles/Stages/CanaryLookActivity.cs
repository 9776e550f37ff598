using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Schemas;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Serialization;
using Fairlead.Monitoring.Canaries;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Roles.Stages;

/// <summary>Takes one look for a stage; begun again, it finds the one that was taken.</summary>
internal sealed class CanaryLookActivity(CanaryDesk desk) : IActivity
{
    public string Kind => CanaryStage.LookKind;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var begin = call.Input.GetProperty("begin");
        var plan = begin.GetProperty("plan").Deserialize(DomainJson.Default.AnalysisPlan)!;
        var since = Moment(call.Input, "since");
        var held = Moment(call.Input, "until") - since;
        var hold = SettingSchema.TryDuration(Text(call.Input, "for"), out var duration) ? duration : throw new InvalidOperationException("A stage without a duration was to be refused.");
        var isLast = held >= hold;
        var window = CanaryLooks.WindowAt(plan, hold, since, held) ?? throw new InvalidOperationException("A look was asked for before it was due.");
        var report = await desk.JudgeAsync(
            new CanaryOrder
            {
                Scope = new CanaryScope
                {
                    Service = Text(begin, "service"),
                    Environment = Text(begin, "environment"),
                    Control = ServerGroupName.Parse(Text(begin, "control")),
                    Experiment = ServerGroupName.Parse(Text(begin, "candidate")),
                    IsShadow = begin.GetProperty("isShadow").GetBoolean(),
                    ControlShare = begin.GetProperty("controlShare").GetDouble(),
                    ExperimentShare = begin.GetProperty("candidateShare").GetDouble(),
                    Window = window,
                },
                Plan = plan,
                Release = ReleaseName.TryParse(Text(begin, "release"), out var release) ? release : null,
                Execution = call.Execution,
                Stage = call.Stage,
                Key = call.Key,
            },
            cancellationToken);
        var score = report.Verdict.Score;
        return ActivityOutcome.Succeeded(JsonSerializer.SerializeToElement<JsonNode>(new JsonObject
        {
            ["number"] = report.Number,
            ["score"] = score,
            ["canary"] = new JsonObject { ["score"] = score, ["outcome"] = JsonNamingPolicy.CamelCase.ConvertName(report.Verdict.Outcome.ToString()) },
            ["reason"] = $"Canary {report.Number}: {report.Reason}.",
            ["verdict"] = JsonNamingPolicy.CamelCase.ConvertName(CanaryLooks.OutcomeOf(report, isLast).ToString()),
            ["isLast"] = isLast,
            ["candidate"] = report.Experiment.ToString(),
            ["control"] = report.Control.ToString(),
        }));
    }

    private static DateTimeOffset Moment(JsonElement input, string name) => DateTimeOffset.Parse(Text(input, name), CultureInfo.InvariantCulture);

    private static string Text(JsonElement input, string name) => input.GetProperty(name).GetString()!;
}
