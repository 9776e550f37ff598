using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Drift;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Commands;

/// <summary>Shows what drifted.</summary>
internal sealed class DriftCommand : CliCommand
{
    private static readonly Argument<string?> Service = new("service") { Description = "The service; not needed when one is live.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Environment = new("--environment", "-e") { Description = "Where it is live; else prod, or the only one.", HelpName = "name" };
    private static readonly Option<string?> Window = new("--window") { Description = "How long back from now, or from --until: 24h, 7d (the default), 4w.", HelpName = "span" };
    private static readonly Option<string?> Since = new("--since") { Description = "From this day or moment on, in UTC.", HelpName = "time" };
    private static readonly Option<string?> Until = new("--until") { Description = "Up to this day or moment, in UTC; else now.", HelpName = "time" };
    private static readonly Option<string?> Every = new("--every") { Description = "Cuts the time into periods and compares each.", HelpName = "day|week|month" };
    private static readonly Option<string[]> Against = new("--against") { Description = "training, previous, first (of the periods), a dataset version such as customers@2, or a period such as 2026-01-01..2026-02-01; may be given several times. Else training and previous.", HelpName = "what" };
    private static readonly Option<string?> By = new("--by") { Description = "Takes drift apart by the values of this input; else by those that suit.", HelpName = "input" };

    public DriftCommand()
        : base(
            "drift",
            "Compare what a service is asked, answers and turns out to be with the data that trained its model, and with the time before.",
            "fairlead drift",
            "fairlead drift late --window 24h --by origin",
            "fairlead drift late --since 2026-01-01 --until 2026-07-01 --every month",
            "fairlead drift late --against customers@2 --format json")
    {
        Arguments.Add(Service);
        foreach (var option in (ReadOnlySpan<Option>)[Environment, Window, Since, Until, Every, Against, By])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = new DriftQuery(
            parse.GetValue(Service), parse.GetValue(Environment), parse.GetValue(Window), parse.GetValue(Since), parse.GetValue(Until), parse.GetValue(Every), parse.GetValue(Against) ?? [], parse.GetValue(By));
        var report = await client.GetAsync($"/api/drift?{ToQueryString(query)}", DriftJson.Default.DriftReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, DriftJson.Default.DriftReport);
        else
            DriftPrinter.Print(context.Out, report);
        return ExitCodes.Success;
    }

    private static string ToQueryString(DriftQuery query)
    {
        (string Name, string? Value)[] parts =
        [
            ("service", query.Service), ("environment", query.Environment), ("window", query.Window), ("since", query.Since), ("until", query.Until),
            ("every", query.Every), ("by", query.By), .. (query.Against ?? []).Select(against => ("against", (string?)against)),
        ];
        return string.Join("&", parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }
}
