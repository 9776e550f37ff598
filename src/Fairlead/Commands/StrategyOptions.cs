using System.CommandLine;
using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>The options that say how a release takes over.</summary>
internal sealed class StrategyOptions
{
    private readonly Option<string?> kind = new("--strategy") { Description = $"How it takes over: {string.Join(", ", StrategyWords.All.Where(word => word != StrategyKind.Custom.Word()))}; else the environment's own, else blue-green.", HelpName = "kind" };
    private readonly Option<string?> traffic = new("--traffic") { Description = "Of a canary: its weights, such as 5,25,50,100.", HelpName = "percents" };
    private readonly Option<string?> each = new("--each") { Description = "How long a canary stays at each weight, and a rolling deployment at each batch, such as 15m.", HelpName = "duration" };
    private readonly Option<bool> baseline = new("--baseline") { Description = "Of a canary: beside it a fresh server group of what is live, with the same traffic, to compare it with." };
    private readonly Option<string?> batch = new("--batch") { Description = "Of a rolling deployment: how many instances at a time, such as 10 or 25%.", HelpName = "amount" };
    private readonly Option<string?> surge = new("--surge") { Description = "Of a rolling deployment: how many instances beyond those wanted; else the batch.", HelpName = "amount" };
    private readonly Option<string?> unavailable = new("--unavailable") { Description = "Of a rolling deployment: how many instances may be missing meanwhile; else none.", HelpName = "amount" };
    private readonly Option<string?> analyse = new("--analyse") { Description = "Of a canary: what is compared at each weight before it goes on, such as latency.p99,error.rate,output.late.", HelpName = "metrics" };
    private readonly Option<bool> pause = new("--pause-on-bad-health") { Description = "Pause for a person to decide when it is not well, instead of going back." };

    public void AddTo(Command command)
    {
        command.Options.Add(kind);
        command.Options.Add(traffic);
        command.Options.Add(each);
        command.Options.Add(baseline);
        command.Options.Add(batch);
        command.Options.Add(surge);
        command.Options.Add(unavailable);
        command.Options.Add(analyse);
        command.Options.Add(pause);
    }

    /// <summary>Null when nothing is said.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public Strategy? Read(ParseResult parse)
    {
        if (parse.GetValue(kind) is not { } word)
        {
            return new Option[] { traffic, each, baseline, batch, surge, unavailable, analyse, pause }.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } lonely
                ? throw FairleadException.Invalid($"'{lonely.Name}' says how a strategy goes; say which by '--strategy'.")
                : null;
        }

        if (!StrategyWords.TryParse(word, out var known) || known is StrategyKind.Custom or StrategyKind.Shadow)
            throw FairleadException.Invalid($"'{word}' is not a strategy; expected blue-green, highlander, rolling or canary, or '--mirror' for a shadow.");
        return new Strategy
        {
            Kind = known,
            Traffic = parse.GetValue(traffic) is { } weights ? [.. weights.Split(',', StringSplitOptions.TrimEntries).Select(WeightOf)] : [],
            Each = parse.GetValue(each) is { } duration ? DurationOf(duration) : TimeSpan.Zero,
            Baseline = parse.GetValue(baseline),
            Batch = AmountOf(parse.GetValue(batch)),
            Surge = AmountOf(parse.GetValue(surge)),
            Unavailable = AmountOf(parse.GetValue(unavailable)) ?? default,
            Analyse = parse.GetValue(analyse) is { } metrics ? [.. metrics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [],
            PauseOnBadHealth = parse.GetValue(pause),
        };
    }

    private static Weight WeightOf(string text) =>
        Shares.TryParse(text) ?? throw FairleadException.Invalid($"'{text}' is not a share of traffic; expected {Shares.Expected}.");

    private static Amount? AmountOf(string? text) => text is null ? null
        : Amount.TryParse(text, out var amount) ? amount
        : throw FairleadException.Invalid($"'{text}' is not an amount; expected a number of instances such as '10', or a share such as '25%'.");

    private static TimeSpan DurationOf(string text)
    {
        var unit = text.Length == 0 ? ' ' : text[^1];
        if (unit is not ('s' or 'm' or 'h') || !int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 100_000)
            throw FairleadException.Invalid($"'{text}' is not a duration; expected a whole number of seconds, minutes or hours, such as '15m'.");
        return unit switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromHours(count),
        };
    }
}
