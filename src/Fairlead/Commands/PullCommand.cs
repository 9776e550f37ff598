using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Copies what a run made out of the store.</summary>
internal sealed class PullCommand : CliCommand
{
    private static readonly Argument<string> What = new("what") { Description = "A run such as train-3, or one of its outputs such as train-3/model.onnx." };
    private static readonly Argument<string?> Folder = new("folder") { Description = "Where the files go. Default: of a run a folder of its name, of an output the current one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Force = new("--force") { Description = "Write over files that hold something else." };

    public PullCommand()
        : base("pull", "Copy what a run made out of the store, to be looked at or changed.", "fairlead pull train-3/model.onnx", "fairlead pull train-3 ~/train-3")
    {
        Arguments.Add(What);
        Arguments.Add(Folder);
        Options.Add(Force);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var what = parse.GetRequiredValue(What);
        var slash = what.IndexOf('/', StringComparison.Ordinal);
        var (run, wanted) = slash < 0 ? (what, null) : (what[..slash], what[(slash + 1)..].TrimEnd('/'));
        var folder = Path.GetFullPath(parse.GetValue(Folder) ?? (wanted is null ? run : "."));
        var path = $"/api/runs/{Uri.EscapeDataString(run)}/outputs";
        var files = await client.GetAsync(path, WebJson.Default.IReadOnlyListRunFile, cancellationToken);
        var chosen = wanted is null ? files : [.. files.Where(file => file.Output.TrimEnd('/') == wanted || file.Path == wanted)];
        if (chosen.Count == 0)
            throw FairleadException.NotFound(wanted is null ? $"The run '{run}' made no files." : $"The run '{run}' made no '{wanted}'; {NearestName.Hint(wanted, [.. files.Select(file => file.Output).Distinct()])}.");
        if (chosen.FirstOrDefault(file => !file.IsThere) is { } gone)
            throw FairleadException.NotFound($"The file '{gone.Path}' of '{run}' is not in the store any more; run the step again, or get it back by 'fairlead store pull'.");
        await WriteAsync(client, path, chosen, new PulledFiles(folder, parse.GetValue(Force)), context, cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task WriteAsync(ApiClient client, string path, IReadOnlyList<RunFile> files, PulledFiles target, CommandContext context, CancellationToken cancellationToken)
    {
        // Before the first byte: either all are written or none is in the way.
        foreach (var file in files)
            target.Check(file);
        foreach (var file in files)
        {
            var isNew = await target.WriteAsync(file, stream => client.CopyAsync($"{path}/file?path={Uri.EscapeDataString(file.Path)}", stream, cancellationToken), cancellationToken);
            context.Error.MarkupLineInterpolated($"{file.Path} [grey]{Sizes.Describe(file.Size)}{(isNew ? "" : ", was there")}[/]");
        }

        if (context.IsJson)
            CommandContext.WriteJson(files, WebJson.Default.IReadOnlyListRunFile);
        else
            Console.Out.WriteLine(files.Count == 1 ? target.PathOf(files[0]) : target.Folder);
    }
}
