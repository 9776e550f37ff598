using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Writes something about a run.</summary>
internal sealed class NoteCommand : CliCommand
{
    private static readonly Argument<string> RunArgument = new("run") { Description = "Such as train-3." };
    private static readonly Argument<string> Text = new("text") { Description = "What is to be known of it." };

    public NoteCommand()
        : base("note", "Write something about a run; 'fairlead show' tells it, with who wrote it and when.", "fairlead note train-3 \"the first one without leakage\"")
    {
        Arguments.Add(RunArgument);
        Arguments.Add(Text);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/runs/{Uri.EscapeDataString(parse.GetRequiredValue(RunArgument))}/notes";
        var run = await client.PostAsync(path, new NoteBody(parse.GetRequiredValue(Text), CommandContext.User), WebJson.Default.NoteBody, DomainJson.Default.Run, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(run, DomainJson.Default.Run);
        else
            RunPrinter.PrintNotes(context.Out, run);
        return ExitCodes.Success;
    }
}
