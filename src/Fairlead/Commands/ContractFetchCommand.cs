using System.CommandLine;
using System.Text;
using Fairlead.CommandLine;
using Fairlead.Contracts.Comparison;
using Fairlead.Contracts.Compilation;
using Fairlead.Contracts.Printing;
using Fairlead.Domain.Problems;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Writes the contract of a service that tells it by server reflection into the repository.</summary>
internal sealed class ContractFetchCommand : CliCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Argument<string> Address = new("address") { Description = "Where the service listens: HOST:PORT, or an URL with https." };
    private static readonly Option<string> To = new("--to") { Description = "Folder of the project that the files go into.", HelpName = "folder", DefaultValueFactory = _ => "protos" };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace files that were not written by this command." };

    public ContractFetchCommand()
        : base(
            "fetch",
            "Write the .proto files of a gRPC service that has server reflection into the project.",
            "fairlead contract fetch localhost:50051",
            "fairlead contract fetch localhost:50051 --to contracts/letters")
    {
        Arguments.Add(Address);
        Options.Add(To);
        Options.Add(Force);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var address = parse.GetRequiredValue(Address);
        var root = context.FindProject().ProjectRoot;
        var files = ContractPrinter.Print(await FetchAsync(address, context, cancellationToken), FolderOf(parse.GetRequiredValue(To), root));
        if (!files.Any(file => file.HasServices))
            throw FairleadException.NotFound($"'{address}' has no services but gRPC's own.");
        await CheckAsync(files, context, cancellationToken);
        if (!parse.GetValue(Force) && files.FirstOrDefault(file => IsSomebodysOwn(Path.Combine(root, file.Path))) is { } own)
            throw FairleadException.Conflict($"'{own.Path}' exists and was not written by this command; name another folder with --to, or replace it with --force.");
        foreach (var file in files)
        {
            var path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file.Text, cancellationToken);
            context.Error.MarkupLineInterpolated($"wrote {file.Path}{(file.HasServices ? $"    contract: {file.Path}" : "")}");
        }

        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<byte[]>> FetchAsync(string address, CommandContext context, CancellationToken cancellationToken)
    {
        var url = CommandContext.ParseUrl(address.Contains("://", StringComparison.Ordinal) ? address : $"http://{address}", "a gRPC service", "localhost:50051");
        using var channel = new GrpcChannel(url, new GrpcChannelOptions { Time = context.Time });
        try
        {
            return await GrpcReflectionClient.FetchAsync(channel, Patience, cancellationToken);
        }
        catch (GrpcException e) when (e.Status == GrpcStatusCode.Unimplemented)
        {
            throw new FairleadException(ProblemKind.Invalid, $"'{address}' has no server reflection; turn it on in the service, or write its .proto file into the repository yourself.", e);
        }
        catch (GrpcException e)
        {
            throw FairleadException.Unavailable($"'{address}' could not be asked for its services: {e.Message}", e);
        }
    }

    /// <summary>What was written says the same as what was fetched, to clients of either.</summary>
    private static async Task CheckAsync(IReadOnlyList<PrintedFile> files, CommandContext context, CancellationToken cancellationToken)
    {
        var texts = files.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);
        var (compiler, comparer) = (new ContractCompiler(context.Time), new ContractComparer());
        foreach (var file in files.Where(file => file.HasServices))
        {
            var compiled = await compiler.CompileAsync(texts, file.Path, cancellationToken);
            var changes = comparer.Compare(file.Descriptors, compiled).Concat(comparer.Compare(compiled, file.Descriptors)).ToList();
            if (changes.Count > 0)
                throw FairleadException.Invalid($"'{file.Path}' cannot be written from what the service tells ({changes[0].Message}); write its .proto file into the repository yourself.");
        }
    }

    private static string FolderOf(string to, string root)
    {
        var folder = Path.GetRelativePath(root, Path.GetFullPath(to, root)).Replace('\\', '/');
        return folder == "." ? "" : folder.StartsWith("..", StringComparison.Ordinal)
            ? throw FairleadException.Invalid($"The folder '{to}' is outside of the project; a contract lies within it.")
            : folder;
    }

    private static bool IsSomebodysOwn(string path) => File.Exists(path) && !File.ReadLines(path).FirstOrDefault("").StartsWith(ContractPrinter.Heading, StringComparison.Ordinal);
}
