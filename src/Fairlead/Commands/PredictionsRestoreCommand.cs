using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Takes a file back that was set aside.</summary>
internal sealed class PredictionsRestoreCommand : CliCommand
{
    private static readonly Argument<string> File = new("file") { Description = "As 'fairlead fsck' names it, or its full path." };

    public PredictionsRestoreCommand()
        : base(
            "restore",
            "Take a file of predictions back that was set aside and is whole again: mended in quarantine, or a good copy in its old place.",
            "fairlead predictions restore predictions/environment=prod/service=late/date=2026-05-01/merged-20260501T101112Z-0123456789abcdef.parquet")
    {
        Arguments.Add(File);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new FileBody(parse.GetRequiredValue(File), CommandContext.User);
        var file = await client.PostAsync("/api/predictions/restore", body, WebJson.Default.FileBody, KeepingJson.Default.DamagedFile, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(file, KeepingJson.Default.DamagedFile);
        else
            context.Out.MarkupLineInterpolated($"{file.Path} is back, with {file.Rows} rows");
        return ExitCodes.Success;
    }
}
