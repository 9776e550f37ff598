using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Tracing;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says where a prediction came from.</summary>
internal sealed class TraceCommand : CliCommand
{
    private static readonly Argument<string> Prediction = new("prediction") { Description = "Id of the prediction, as in the header 'fairlead-prediction' of the answer." };

    public TraceCommand()
        : base(
            "trace",
            "Say where a prediction came from: server group, release, model, run, parameters, commit, data.",
            "fairlead trace 0192f3c4-7a2b-7def-8123-456789a00000",
            "fairlead trace 0192f3c4-7a2b-7def-8123-456789a00000 --format json")
    {
        Arguments.Add(Prediction);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/predictions/{Uri.EscapeDataString(parse.GetRequiredValue(Prediction))}/trace";
        var trace = await client.GetAsync(path, TracingJson.Default.PredictionTrace, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(trace, TracingJson.Default.PredictionTrace);
        else
            context.Out.Write(TraceTree.Create(trace));
        return ExitCodes.Success;
    }
}
