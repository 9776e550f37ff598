using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Delivery.Serialization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Deploys a release to an environment.</summary>
internal sealed class DeployCommand : CliCommand
{
    private static readonly Argument<string> Environment = new("environment") { Description = "Where to deploy to." };
    private static readonly Option<string?> Release = new("--release") { Description = "The release; else the newest.", HelpName = "vNNN" };
    private static readonly Option<string[]> Service = new("--service") { Description = "Only this service; may be repeated.", HelpName = "name" };
    private static readonly Option<string?> WeightOption = new("--weight") { Description = "Share of traffic for the new server group; the rest stays where it is.", HelpName = "percent" };

    private static readonly Option<string?> Mirror = new("--mirror") { Description = "Make it a shadow: it gets this share of copies of the requests, and nobody sees its answers.", HelpName = "percent" };

    private static readonly Option<string?> Override = new("--override") { Description = "Deploy though a window is closed or a freeze holds, for this reason; it is recorded with the rollout and in the audit log.", HelpName = "reason" };

    private static readonly Option<bool> Detach = new("--detach") { Description = "Do not wait for a deployment that comes step by step." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would change, and change nothing." };

    private readonly StrategyOptions strategy = new();

    public DeployCommand()
        : base(
            "deploy",
            "Deploy a release: a new server group warms up, then takes the traffic; the previous one is kept.",
            "fairlead deploy stage",
            "fairlead deploy prod --release v002",
            "fairlead deploy prod --weight 10%       # the other 90 % stay on what is live",
            "fairlead deploy prod --mirror 100%      # a shadow, beside what is live",
            "fairlead deploy prod --strategy canary --traffic 5,25,50,100 --each 15m --baseline",
            "fairlead deploy prod --strategy canary --traffic 10,100 --each 15m --analyse latency.p99,error.rate",
            "fairlead deploy prod --strategy rolling --batch 10% --detach",
            "fairlead deploy prod --dry-run          # what would change",
            "fairlead deploy prod --override \"the mend for what is down\"")
    {
        Arguments.Add(Environment);
        Options.Add(Release);
        Options.Add(Service);
        Options.Add(WeightOption);
        Options.Add(Mirror);
        strategy.AddTo(this);
        Options.Add(Override);
        Options.Add(Detach);
        Options.Add(DryRun);
        foreach (var option in new[] { WeightOption, Mirror })
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && (Shares.TryParse(result.Tokens[0].Value) ?? Weight.None) == Weight.None)
                    result.AddError($"'{result.Tokens[0].Value}' is not a share of traffic; expected {Shares.Expected}, from 0.01 to 100.");
            });
        }
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        if (parse.GetValue(DryRun))
            return await PreviewAsync(parse, context, client, cancellationToken);
        var body = new DeployBody(parse.GetValue(Release), parse.GetValue(Service), Shares.TryParse(parse.GetValue(WeightOption))?.Hundredths, Shares.TryParse(parse.GetValue(Mirror))?.Hundredths, CommandContext.User, strategy.Read(parse), Override: parse.GetValue(Override));
        var path = $"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}/deployments";
        var answer = await client.PostAsync(path, body, WebJson.Default.DeployBody, DeliveryJson.Default.Deployment, cancellationToken);
        if (answer is { IsUnderWay: true, Rollout: { } number } && !parse.GetValue(Detach))
            return await RolloutWatch.FollowAsync(context, client, number, cancellationToken);
        if (answer.IsUnderWay && !context.IsJson)
            context.Error.MarkupLineInterpolated($"[grey]rollout {answer.Rollout} is under way: fairlead rollout show {answer.Rollout}[/]");
        DeploymentPrinter.Print(context, answer, "already live: nothing to do");
        return ExitCodes.Success;
    }

    /// <summary>Ends as a deployment would that is refused, when there is a reason to refuse it.</summary>
    private static async Task<int> PreviewAsync(ParseResult parse, CommandContext context, ApiClient client, CancellationToken cancellationToken)
    {
        var query = (parse.GetValue(Service) ?? []).Select(service => $"service={Uri.EscapeDataString(service)}");
        if (parse.GetValue(Release) is { } release)
            query = query.Append($"release={Uri.EscapeDataString(release)}");
        var path = $"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}/preview?{string.Join('&', query)}";
        var diff = await client.GetAsync(path, DeliveryJson.Default.EnvironmentDiff, cancellationToken);
        EnvDiffPrinter.Print(context, diff);
        return diff.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.Of(ProblemKind.Invalid);
    }
}
