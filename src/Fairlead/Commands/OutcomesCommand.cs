using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Posts what turned out to be true.</summary>
internal sealed class OutcomesCommand : CliCommand
{
    private const int BatchSize = 5_000;
    private static readonly Argument<string> Source = new("source")
    {
        Description = "A .csv or .parquet file with a column for each value; SQL over such files; or JSON lines, each {\"prediction\": id, \"outcome\": {…}}, where '-' reads standard input.",
    };

    public OutcomesCommand()
        : base(
            "outcomes",
            "Post what turned out to be true for predictions: the last word on each wins, and its history is kept.",
            """echo '{"prediction": "0192…", "outcome": {"late": 1}}' | fairlead outcomes -""",
            """echo '{"service": "late", "unit": "AA12", "outcome": {"late": 1}}' | fairlead outcomes -""",
            "fairlead outcomes truth.csv --service score --unit-column customer --time-column seen --value bought",
            "fairlead outcomes \"select prediction, amount > 0 as bought from 'truth.parquet'\"",
            "fairlead outcomes unmatched")
    {
        Arguments.Add(Source);
        OutcomeUpload.AddTo(this);
        Subcommands.Add(new OutcomesUnmatchedCommand());
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var source = parse.GetRequiredValue(Source);
        if (OutcomeUpload.Takes(parse, source))
            return await OutcomeUpload.RunAsync(parse, context, client, source, cancellationToken);
        var answer = await PostLinesAsync(client, source, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.OutcomesAnswer);
        else
            context.Out.MarkupLineInterpolated($"{OutcomeUpload.Count(answer.Recorded)} recorded{(answer.Erased > 0 ? $"; {answer.Erased} of erased predictions were not kept" : "")}");
        return ExitCodes.Success;
    }

    private static async Task<OutcomesAnswer> PostLinesAsync(ApiClient client, string source, CancellationToken cancellationToken)
    {
        using var reader = source == "-" ? Console.In : Open(source);
        var taken = new OutcomesAnswer(0);
        var batch = new List<OutcomeBody>(BatchSize);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            batch.Add(Parse(line, number));
            if (batch.Count == BatchSize)
                await PostAsync();
        }

        await PostAsync();
        return taken;

        async Task PostAsync()
        {
            if (batch.Count == 0)
                return;
            var answer = await client.PostAsync("/api/outcomes", new OutcomesBody(batch), WebJson.Default.OutcomesBody, WebJson.Default.OutcomesAnswer, cancellationToken);
            batch.Clear();
            taken = new OutcomesAnswer(taken.Recorded + answer.Recorded) { Erased = taken.Erased + answer.Erased };
        }
    }

    private static StreamReader Open(string path) =>
        File.Exists(path) ? new StreamReader(path) : throw FairleadException.NotFound($"There is no file '{path}'; name one, or '-' for standard input.");

    private static OutcomeBody Parse(string line, int number)
    {
        try
        {
            var outcome = JsonSerializer.Deserialize(line, WebJson.Default.OutcomeBody) ?? throw new JsonException("it is null");
            return outcome.Outcome.ValueKind != JsonValueKind.Undefined ? outcome : throw new JsonException("it has no 'outcome'");
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"Line {number} is no outcome: {JsonProblem.Describe(e)}; expected {{\"prediction\": id, \"outcome\": {{…}}}}.");
        }
    }
}
