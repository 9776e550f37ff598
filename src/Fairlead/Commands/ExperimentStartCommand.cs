using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Starts an experiment.</summary>
internal sealed class ExperimentStartCommand : CliCommand
{
    private static readonly Argument<string> ExperimentName = new("name") { Description = "A new name: the assignment of units depends on it." };
    private static readonly Option<string> Service = new("--service") { Description = "The service.", HelpName = "name", Required = true };
    private static readonly Option<string> Environment = new("--environment") { Description = "Where.", HelpName = "name", Required = true };
    private static readonly Option<string> Control = new("--control") { Description = "The server group to compare with.", HelpName = "group", Required = true };
    private static readonly Option<string[]> Treatment = new("--treatment") { Description = "Server groups to compare, by comma.", HelpName = "group,…", Required = true };
    private static readonly Option<string?> Split = new("--split") { Description = "Percentage for the treatments together, or one for each arm, by comma, the control first; else equal shares.", HelpName = "percent" };
    private static readonly Option<string[]> Metric = new("--metric") { Description = "What decides: an SQL aggregate over the predictions of a unit; may be repeated.", HelpName = "name=sql", Required = true };
    private static readonly Option<string[]> Secondary = new("--secondary") { Description = "What explains, and decides nothing; may be repeated.", HelpName = "name=sql" };
    private static readonly Option<string[]> Guardrail = new("--guardrail") { Description = "What must not become worse than a margin from the control; may be repeated.", HelpName = "name=sql <= +margin" };
    private static readonly Option<string?> Covariate = new("--covariate") { Description = "An SQL aggregate over the predictions of a unit before the start, which takes variance out of the metrics.", HelpName = "sql" };
    private static readonly Option<string?> Effect = new("--mde") { Description = "The least change that matters, in percent of the control.", HelpName = "percent" };
    private static readonly Option<double> Alpha = new("--alpha") { Description = "Probability of finding a difference where there is none.", DefaultValueFactory = _ => ExperimentDesign.DefaultAlpha };
    private static readonly Option<double> Power = new("--power") { Description = "Probability of finding the least change that matters.", DefaultValueFactory = _ => ExperimentDesign.DefaultPower };
    private static readonly Option<string> Duration = new("--duration") { Description = "How long it is meant to run, such as 36h, 14d, 4w.", HelpName = "time", DefaultValueFactory = _ => "14d" };
    private static readonly Option<string?> Hypothesis = new("--hypothesis") { Description = "What you expect, and why.", HelpName = "text" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what could be found." };

    public ExperimentStartCommand()
        : base(
            "start",
            "Say what can be found, then split the traffic between the arms by a hash of the unit.",
            "fairlead experiment start calmer --service late --environment prod --control late-prod-v001 --treatment late-prod-v002 --metric \"clicked=avg(outcome.clicked)\" --mde 2%",
            "fairlead experiment start faster … --split 20 --guardrail \"latency=avg(latency_us) <= +5%\" --covariate \"avg(outcome.clicked)\" --dry-run")
    {
        Arguments.Add(ExperimentName);
        foreach (var option in new Option[] { Service, Environment, Control, Treatment, Split, Metric, Secondary, Guardrail, Covariate, Effect, Alpha, Power, Duration, Hypothesis, DryRun })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var order = new ExperimentOrder
        {
            Name = parse.GetRequiredValue(ExperimentName),
            Service = parse.GetRequiredValue(Service),
            Environment = parse.GetRequiredValue(Environment),
            Control = parse.GetRequiredValue(Control),
            Treatments = [.. parse.GetRequiredValue(Treatment).SelectMany(group => group.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            Split = parse.GetValue(Split),
            Metrics = parse.GetRequiredValue(Metric),
            Secondaries = parse.GetValue(Secondary) ?? [],
            Guardrails = parse.GetValue(Guardrail) ?? [],
            Covariate = parse.GetValue(Covariate),
            MinimumEffect = parse.GetValue(Effect) is { } effect ? ExperimentText.ParseShare(effect) : null,
            Alpha = parse.GetValue(Alpha),
            Power = parse.GetValue(Power),
            Days = ExperimentText.ParseDays(parse.GetRequiredValue(Duration)),
            Hypothesis = parse.GetValue(Hypothesis),
            User = CommandContext.User,
        };
        using var client = context.Connect();
        if (parse.GetValue(DryRun))
        {
            var plan = await client.PostAsync("/api/experiments/plan", order, ExperimentJson.Default.ExperimentOrder, ExperimentJson.Default.ExperimentPlan, cancellationToken);
            if (context.IsJson)
                CommandContext.WriteJson(plan, ExperimentJson.Default.ExperimentPlan);
            else
                ExperimentPlanPrinter.Print(context.Out, plan, order.Days, order.MinimumEffect);
            return ExitCodes.Success;
        }

        var experiment = await client.PostAsync("/api/experiments", order, ExperimentJson.Default.ExperimentOrder, ExperimentJson.Default.Experiment, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(experiment, ExperimentJson.Default.Experiment);
            return ExitCodes.Success;
        }

        ExperimentPlanPrinter.Print(context.Out, experiment.Plan, experiment.Design.Days, experiment.Design.MinimumEffect);
        context.Out.MarkupLineInterpolated($"[green]started[/] '{experiment.Name}': {string.Join(", ", experiment.Design.Arms.Select(arm => $"{arm.ServerGroup} {arm.Share}"))}");
        context.Out.MarkupLineInterpolated($"[grey]look whenever you like: fairlead experiment show {experiment.Name}[/]");
        return ExitCodes.Success;
    }
}
