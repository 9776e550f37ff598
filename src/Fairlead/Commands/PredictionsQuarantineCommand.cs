using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Sets a damaged file aside.</summary>
internal sealed class PredictionsQuarantineCommand : CliCommand
{
    private static readonly Argument<string> File = new("file") { Description = "As 'fairlead fsck' names it, or its full path." };

    public PredictionsQuarantineCommand()
        : base(
            "quarantine",
            "Set a damaged file of predictions aside, so that queries go on without it; its rows are counted as missing.",
            "fairlead predictions quarantine predictions/environment=prod/service=late/date=2026-05-01/merged-20260501T101112Z-0123456789abcdef.parquet")
    {
        Arguments.Add(File);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new FileBody(parse.GetRequiredValue(File), CommandContext.User);
        var file = await client.PostAsync("/api/predictions/quarantine", body, WebJson.Default.FileBody, KeepingJson.Default.DamagedFile, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(file, KeepingJson.Default.DamagedFile);
        else
            context.Out.MarkupLineInterpolated($"{file.Path} was set aside; {file.Rows} rows are missing until it is restored");
        return ExitCodes.Success;
    }
}
