using System.CommandLine;
using System.Text.Json;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Asks the host for one prediction.</summary>
internal sealed class PredictCommand : CliCommand
{
    private static readonly Argument<string> Service = new("service") { Description = "The service to ask." };
    private static readonly Option<string?> Environment = new("--env") { Description = "The environment; may be left out when only one has something deployed.", HelpName = "name" };
    private static readonly Option<string> Input = new("--input") { Description = "A JSON object with a member for each input.", Required = true, HelpName = "json" };
    private static readonly Option<string?> Unit = new("--unit") { Description = "For whom the prediction is made: same unit, same server group.", HelpName = "id" };
    private static readonly Option<string?> Host = new("--host") { Description = "URL of the host; else the project's.", HelpName = "url" };

    public PredictCommand()
        : base(
            "predict",
            "Ask a service for one prediction, and print it with its id.",
            """fairlead predict late --env prod --input '{"origin": "SFO", "distance": 337}'""",
            """fairlead predict late --env prod --unit passenger-7 --input '{…}' --format json""")
    {
        Arguments.Add(Service);
        Options.Add(Environment);
        Options.Add(Input);
        Options.Add(Unit);
        Options.Add(Host);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var input = ParseInput(parse.GetRequiredValue(Input));
        using var host = new HostClient(HostUrl(parse, context), CommandContext.Token, parse.GetValue(Environment));
        var answer = await host.PredictAsync(parse.GetRequiredValue(Service), input.RootElement, parse.GetValue(Unit), cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, HostJson.Default.PredictionAnswer);
        else
            Print(context, answer);
        return ExitCodes.Success;
    }

    private static Uri HostUrl(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(Host) is { } url)
            return CommandContext.ParseUrl(url, "a host", "http://localhost:7071");
        var state = context.FindProject();
        return EndpointFile.Read(state) is { } endpoint
            ? new Uri(endpoint.HostUrl)
            : throw FairleadException.Unavailable($"Nothing is running for '{state.ProjectRoot}'; start it with 'fairlead up'.");
    }

    private static JsonDocument ParseInput(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw FairleadException.Invalid($"'{text}' is not a JSON object; expected something like '{{\"input\": 1}}'.");
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"--input is not JSON: {e.Message}");
        }
    }

    private static void Print(CommandContext context, PredictionAnswer answer)
    {
        foreach (var (name, value) in answer.Outputs)
            context.Out.MarkupLineInterpolated($"[bold]{name}[/] {value.GetRawText()}");
        context.Error.MarkupLineInterpolated($"[grey]prediction {answer.Prediction} by {answer.ServerGroup}; see where it came from: fairlead trace {answer.Prediction}[/]");
    }
}
