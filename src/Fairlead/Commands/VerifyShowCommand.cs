using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Replay.Verification;

namespace Fairlead.Commands;

/// <summary>Shows a verification.</summary>
internal sealed class VerifyShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("number") { Description = "As 'fairlead verify list' shows it." };

    public VerifyShowCommand()
        : base("show", "Show a verification.", "fairlead verify show 4", "fairlead verify show 4 --format json") =>
        Arguments.Add(Number);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        return VerifyPrinter.Print(context, await client.GetAsync($"/api/verifications/{parse.GetValue(Number)}", VerificationJson.Default.VerificationReport, cancellationToken));
    }
}
