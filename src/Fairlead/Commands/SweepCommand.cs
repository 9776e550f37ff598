using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Sweeps;
using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Runs a step with other parameters over and over.</summary>
internal sealed class SweepCommand : CliCommand
{
    private static readonly Argument<string?> Step = new("step") { Description = "The step whose parameters are tried.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Param = new("--param") { Description = "A parameter and what it may be: x=1,2,3, x=0.1..0.5, x=log:1e-4..1, x=int:4..64; STEP.x for one of another step.", HelpName = "name=range" };
    private static readonly Option<string?> Maximize = new("--maximize") { Description = "The metric to make as large as possible, as STEP.METRIC.", HelpName = "metric" };
    private static readonly Option<string?> Minimize = new("--minimize") { Description = "The metric to make as small as possible, as STEP.METRIC.", HelpName = "metric" };
    private static readonly Option<string> Search = new("--search") { Description = "What is tried next: grid (all), random, bayes (learns), halving or hyperband (the best go on with more).", DefaultValueFactory = _ => SweepOrder.DefaultSearch, HelpName = "name" };
    private static readonly Option<int?> Trials = new("--trials") { Description = $"Trials at most; for halving, those of the first round. Default: {SweepOrder.DefaultTrials} for random and bayes, else as many as the search takes.", HelpName = "n" };
    private static readonly Option<int> Parallel = new("--parallel") { Description = "Trials at the same time.", DefaultValueFactory = _ => 1, HelpName = "n" };
    private static readonly Option<long> Seed = new("--seed") { Description = "The same seed tries the same values.", DefaultValueFactory = _ => 0, HelpName = "n" };
    private static readonly Option<string?> Budget = new("--budget") { Description = "For halving and hyperband: the parameter that says how much a trial may spend, such as epochs=1..27.", HelpName = "name=range" };
    private static readonly Option<int> Eta = new("--eta") { Description = "One of so many goes on, with so many times the budget.", DefaultValueFactory = _ => SweepOrder.DefaultEta, HelpName = "n" };
    private static readonly Option<bool> Promote = new("--promote") { Description = "Writes the best parameters into the project file, in a commit." };

    public SweepCommand()
        : base(
            "sweep",
            "Run a step with other parameters over and over, and find the best.",
            "fairlead sweep train --param l2=log:1e-4..1 --param factors=8,16,32 --trials 40 --maximize evaluate.auc --parallel 2",
            "fairlead sweep train --param l2=log:1e-4..1 --search bayes --minimize evaluate.loss --promote",
            "fairlead sweep train --param l2=0.01,0.1,1 --search halving --budget epochs=1..27 --maximize evaluate.auc",
            "fairlead sweep list",
            "fairlead sweep show 3 --format json",
            "fairlead sweep promote 3")
    {
        Arguments.Add(Step);
        foreach (var option in new Option[] { Param, Maximize, Minimize, Search, Trials, Parallel, Seed, Budget, Eta, Promote })
            Options.Add(option);
        foreach (var command in new Command[] { new SweepListCommand(), new SweepShowCommand(), new SweepStopCommand(), new SweepResumeCommand(), new SweepPromoteCommand() })
            Subcommands.Add(command);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var lines = client.StreamAsync("/api/sweeps", Order(parse), SweepJson.Default.SweepOrder, cancellationToken);
        return await FollowAsync(context, lines, parse.GetValue(Promote), cancellationToken);
    }

    /// <summary>Shows a sweep until it ends, and what came of it.</summary>
    internal static async Task<int> FollowAsync(CommandContext context, IAsyncEnumerable<JsonElement> lines, bool promote, CancellationToken cancellationToken)
    {
        var view = new SweepCommandView(context.Error);
        SweepReport report;
        try
        {
            report = await view.FollowAsync(lines, cancellationToken) ?? throw FairleadException.Unavailable(Lost(view.Sweep));
        }
        catch (OperationCanceledException) when (view.Sweep is { } number)
        {
            context.Error.MarkupLineInterpolated($"[grey]Sweep {number} keeps what it has; 'fairlead sweep resume {number}' goes on.[/]");
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Unavailable(Lost(view.Sweep), e);
        }

        if (promote && report.Sweep.Status == SweepStatus.Succeeded)
            report = report with { Sweep = await SweepPromoteCommand.PromoteAsync(context, report.Sweep.Number, trial: null, cancellationToken) };
        Print(context, report);
        return report.Sweep.Status == SweepStatus.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }

    internal static void Print(CommandContext context, SweepReport report)
    {
        if (context.IsJson)
            CommandContext.WriteJson(report, SweepJson.Default.SweepReport);
        else
            new SweepPrinter(context.Out).Print(report);
    }

    private static string Lost(int? sweep) =>
        $"The control plane ended before the sweep did; once it is up again, {(sweep is { } number ? $"'fairlead sweep resume {number}' goes on" : "'fairlead sweep list' shows whether it had begun")}.";

    private static SweepOrder Order(ParseResult parse)
    {
        var (maximized, minimized) = (parse.GetValue(Maximize), parse.GetValue(Minimize));
        if (maximized is null == minimized is null)
            throw FairleadException.Invalid("Say what is judged, by one of '--maximize' and '--minimize', such as '--maximize evaluate.auc'.");
        return new SweepOrder
        {
            Step = parse.GetValue(Step) ?? throw FairleadException.Invalid("Say which step is tried, such as 'fairlead sweep train --param l2=log:1e-4..1 --maximize evaluate.auc'."),
            Parameters = parse.GetValue(Param) ?? [],
            Objective = maximized ?? minimized!,
            Goal = maximized is null ? SweepGoal.Minimize : SweepGoal.Maximize,
            Search = parse.GetValue(Search)!,
            Trials = parse.GetValue(Trials),
            Parallel = parse.GetValue(Parallel),
            Seed = parse.GetValue(Seed),
            Budget = parse.GetValue(Budget),
            Eta = parse.GetValue(Eta),
            User = CommandContext.User,
        };
    }
}
