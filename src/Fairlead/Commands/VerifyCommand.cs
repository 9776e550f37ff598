using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Replay.Verification;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says whether recorded answers, and what recorded runs made, can be had again to the last bit.</summary>
internal sealed class VerifyCommand : CliCommand
{
    private const int DefaultSample = 100;
    private static readonly Argument<string?> Subject = new("what") { Description = "A run such as train-3, or the id of a prediction as in the header 'fairlead-prediction' of the answer.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Upstream = new("--upstream") { Description = "Of a run: execute also all that it needs again, and take its inputs from that." };
    private static readonly Option<string?> Environment = new("--environment", "--env") { Description = "Instead of one prediction a sample of an environment's.", HelpName = "environment" };
    private static readonly Option<string?> Service = new("--service") { Description = "Only of that service. Default: of each.", HelpName = "service" };
    private static readonly Option<string?> Since = new("--since") { Description = "Predictions from then on: a time such as 2026-05-01T06:00Z, or how long ago. Default: 24h.", HelpName = "time" };
    private static readonly Option<string?> Until = new("--until") { Description = "And before then, in the same form. Default: now.", HelpName = "time" };
    private static readonly Option<bool> Rebuild = new("--rebuild") { Description = "Also make its models again from commit and data, say whether they are the same to the last bit, and score by them." };
    private static readonly Option<int?> Sample = new("--sample") { Description = $"Predictions of each service. Default: {DefaultSample}.", HelpName = "rows" };

    private static readonly Option[] OfSamples = [Environment, Service, Since, Until, Sample];

    public VerifyCommand()
        : base(
            "verify",
            "Execute a run again, or score a recorded input again by the very model that answered it, and compare bit by bit.",
            "fairlead verify train-3",
            "fairlead verify evaluate-3 --upstream",
            "fairlead verify 0192f3c4-7a2b-7def-8123-456789a00000",
            "fairlead verify 0192f3c4-7a2b-7def-8123-456789a00000 --rebuild",
            "fairlead verify --environment prod --since 24h --sample 100",
            "fairlead verify list")
    {
        Arguments.Add(Subject);
        foreach (var option in new Option[] { Upstream, Environment, Service, Since, Until, Sample, Rebuild })
            Options.Add(option);
        Subcommands.Add(new VerifyListCommand());
        Subcommands.Add(new VerifyShowCommand());
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var isRebuilt = parse.GetValue(Rebuild);
        // The last group of a prediction's id may be digits alone, as the number of a run is.
        if (parse.GetValue(Subject) is { } subject && !PredictionId.TryParse(subject, out _) && RunId.TryParse(subject, out var run))
            return await VerifyRunAsync(client, run, parse.GetValue(Upstream), context, cancellationToken);
        if (parse.GetValue(Upstream))
            throw FairleadException.Invalid("'--upstream' is of a run; name one, such as 'fairlead verify train-3 --upstream'.");
        if (parse.GetValue(Subject) is { } id)
        {
            if (!PredictionId.TryParse(id, out _))
                throw FairleadException.Invalid($"'{id}' is neither a run, such as 'train-3', nor a prediction: expected a UUID, as in the answer's header 'fairlead-prediction'.");
            if (OfSamples.FirstOrDefault(option => parse.GetResult(option) is not null) is { } unfit)
                throw FairleadException.Invalid($"'{unfit.Name}' is of a sample; leave it out to verify the prediction '{id}', or leave that out to verify a sample.");
            if (isRebuilt)
                return VerifyPrinter.Print(context, await RebuildAsync(client, id, context, cancellationToken));
            var report = await client.PostAsync(
                $"/api/predictions/{Uri.EscapeDataString(id)}/verify", new UserBody(CommandContext.User), WebJson.Default.UserBody, VerificationJson.Default.VerificationReport, cancellationToken);
            return VerifyPrinter.Print(context, report);
        }

        if (isRebuilt)
            throw FairleadException.Invalid("A rebuild is of the models of one prediction; name it by its id.");
        var reports = await client.PostAsync(
            "/api/verifications", Order(parse, context.Time.GetUtcNow()), VerificationJson.Default.VerificationOrder, VerificationJson.Default.IReadOnlyListVerificationReport, cancellationToken);
        return VerifyPrinter.Print(context, reports);
    }

    private static async Task<int> VerifyRunAsync(ApiClient client, RunId run, bool withUpstream, CommandContext context, CancellationToken cancellationToken)
    {
        await foreach (var line in client.StreamAsync(
            $"/api/runs/{Uri.EscapeDataString(run.ToString())}/verify", new RunVerifyBody(withUpstream, CommandContext.User), WebJson.Default.RunVerifyBody, cancellationToken))
        {
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("report", out var report))
                return RunVerificationPrinter.Print(context, report.Deserialize(DomainJson.Default.RunVerification)!);
            context.Error.MarkupLineInterpolated($"[grey]{line.GetString() ?? ""}[/]");
        }

        throw FairleadException.Unavailable("The control plane ended before the verification did; ask again once it is up.");
    }

    private static async Task<VerificationReport> RebuildAsync(ApiClient client, string id, CommandContext context, CancellationToken cancellationToken)
    {
        await foreach (var line in client.StreamAsync(
            $"/api/predictions/{Uri.EscapeDataString(id)}/verify/rebuild", new UserBody(CommandContext.User), WebJson.Default.UserBody, cancellationToken))
        {
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("report", out var report))
                return report.Deserialize(VerificationJson.Default.VerificationReport)!;
            context.Error.MarkupLineInterpolated($"[grey]{line.GetString() ?? ""}[/]");
        }

        throw FairleadException.Unavailable("The control plane ended before the rebuild did; ask again once it is up.");
    }

    private static VerificationOrder Order(ParseResult parse, DateTimeOffset now) => new()
    {
        Environment = parse.GetValue(Environment) ?? throw FairleadException.Invalid("Say what is verified: a run such as 'train-3', a prediction by its id, or a sample of an environment by '--environment'."),
        Service = parse.GetValue(Service),
        Since = ReplayCommand.Time("--since", parse.GetValue(Since) ?? "24h", now),
        Until = parse.GetValue(Until) is { } until ? ReplayCommand.Time("--until", until, now) : null,
        Sample = parse.GetValue(Sample) ?? DefaultSample,
        User = CommandContext.User,
    };
}
