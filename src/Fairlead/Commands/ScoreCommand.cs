using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Scoring;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Scores rows with the engine that serves.</summary>
internal sealed class ScoreCommand : CliCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The model file (ONNX)." };
    private static readonly Argument<string> Rows = new("rows") { Description = "Parquet, CSV or JSON; columns with the names of the model's inputs are fed to it." };
    private static readonly Argument<string> Target = new("target") { Description = "The Parquet file to write: every column of the rows, and a column 'output' with a field for each output." };

    public ScoreCommand()
        : base(
            "score",
            "Score rows with a model, by the same engine that serves it.",
            "fairlead score in/model in/test out/scored.parquet        # as the command of a step")
    {
        Arguments.Add(Model);
        Arguments.Add(Rows);
        Arguments.Add(Target);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var rows = parse.GetRequiredValue(Rows);
        if (!Path.Exists(rows))
            throw FairleadException.NotFound($"There are no rows at '{rows}'.");
        var scored = RowScorer.Score(parse.GetRequiredValue(Model), rows, parse.GetRequiredValue(Target), cancellationToken);
        context.Error.MarkupLineInterpolated($"{scored} rows scored");
        return Task.FromResult(ExitCodes.Success);
    }
}
