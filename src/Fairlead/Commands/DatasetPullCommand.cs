using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes a version of a dataset into a folder.</summary>
internal sealed class DatasetPullCommand : CliCommand
{
    private static readonly Argument<string> Label = new("dataset") { Description = "A dataset, or a version of it such as rides@2; the newest when none is named." };
    private static readonly Argument<string> Folder = new("folder") { Description = "Where the files go." };

    private static readonly Option<bool> Force = new("--force") { Description = "Write over files that hold something else." };

    public DatasetPullCommand()
        : base("pull", "Copy a version of a dataset out of the store, to be looked at or changed.", "fairlead dataset pull rides@2 /tmp/rides")
    {
        Arguments.Add(Label);
        Arguments.Add(Folder);
        Options.Add(Force);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var label = DatasetLabel.Parse(parse.GetRequiredValue(Label));
        var target = new PulledFiles(Path.GetFullPath(parse.GetRequiredValue(Folder)), parse.GetValue(Force));
        using var client = context.Connect();
        var files = await client.GetAsync(label.Path("files"), WebJson.Default.IReadOnlyListRunFile, cancellationToken);
        if (files.FirstOrDefault(file => !file.IsThere) is { } gone)
            throw FairleadException.NotFound($"The file '{gone.Path}' of '{label}' is not in the store any more; register the data again, or get it back by 'fairlead store pull'.");
        // Before the first byte: either all are written or none is in the way.
        foreach (var file in files)
            target.Check(file);
        foreach (var file in files)
            await target.WriteAsync(file, stream => client.CopyAsync(label.Path("files/file", $"path={Uri.EscapeDataString(file.Path)}"), stream, cancellationToken), cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(files, WebJson.Default.IReadOnlyListRunFile);
        else
            context.Out.MarkupLineInterpolated($"wrote {files.Count} files of [bold]{label}[/], {Sizes.Describe(files.Sum(file => file.Size))}, into {target.Folder}");
        return ExitCodes.Success;
    }
}
