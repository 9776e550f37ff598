using System.CommandLine;
using Fairlead.CommandLine;

namespace Fairlead.Commands;

/// <summary>Says whether a pipeline can be executed as the project file has it now.</summary>
internal sealed class PipelineValidateCommand : CliCommand
{
    private static readonly Argument<string> Pipeline = new("pipeline") { Description = "Name of the pipeline." };
    private static readonly Option<string[]> Input = new("--input") { Description = "A value for it, as NAME=VALUE; again for each.", HelpName = "name=value" };

    public PipelineValidateCommand()
        : base("validate", "Check a pipeline with its inputs, and show what would run.", "fairlead pipeline validate release")
    {
        Arguments.Add(Pipeline);
        Options.Add(Input);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = await PipelineRunCommand.BodyAsync(client, parse.GetValue(Pipeline)!, parse.GetValue(Input) ?? [], cancellationToken);
        return await PipelineRunCommand.PlanAsync(client, context, body, cancellationToken);
    }
}
