using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Predictions.Scoring;
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
        var model = parse.GetRequiredValue(Model);
        if (!File.Exists(model))
            throw FairleadException.NotFound($"There is no model at '{model}'.");
        using var runtime = new OnnxModelRuntime();
        using var session = runtime.Load(model, Path.GetFileName(model));
        var scored = RowScorer.Score(rows, parse.GetRequiredValue(Target), session.Signature, Score(session), cancellationToken);
        context.Error.MarkupLineInterpolated($"{scored} rows scored");
        return Task.FromResult(ExitCodes.Success);
    }

    private static ScoreBlock Score(IModelSession session)
    {
        var request = new InferRequest();
        var answer = new InferAnswer();
        return (rows, inputs) =>
        {
            request.Fill(rows, inputs);
            session.Run(request, answer);
            return answer.OutputBlock;
        };
    }
}
