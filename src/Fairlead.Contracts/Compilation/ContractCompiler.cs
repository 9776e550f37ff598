using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;

namespace Fairlead.Contracts.Compilation;

/// <summary>Compiles contracts with the <c>protoc</c> that lies beside the program.</summary>
public sealed class ContractCompiler : IContractCompiler
{
    private const string Extension = ".proto";
    private readonly ProtocProgram program;
    private readonly string? workFolder;

    /// <param name="workFolder">Below which compilations have their folders: its owner sweeps it at its start. Null for the system's folder of temporary things.</param>
    public ContractCompiler(TimeProvider time, string? workFolder = null)
        : this(ProtocProgram.Beside(AppContext.BaseDirectory, time)) => this.workFolder = workFolder;

    internal ContractCompiler(ProtocProgram program) => this.program = program;

    public async Task<byte[]> CompileAsync(string folder, string file, CancellationToken cancellationToken)
    {
        CheckName(file);
        if (!File.Exists(Path.Combine(folder, file)))
            throw Missing(file);
        using var work = new WorkFolder(workFolder);
        var output = Path.Combine(work.Root, "descriptors");
        var run = await program.RunAsync(Path.GetFullPath(folder), file, output, cancellationToken);
        if (run.ExitCode != 0)
            throw FairleadException.Invalid(ProtocProblems.Describe(file, run));
        var descriptors = await File.ReadAllBytesAsync(output, cancellationToken);
        return ContractSchema.Open(descriptors).Services.Count > 0
            ? descriptors
            : throw FairleadException.Invalid($"The contract '{file}' declares no service: add one, such as 'service Answers {{ rpc Ask(Question) returns (Answer); }}'.");
    }

    public async Task<byte[]> CompileAsync(IReadOnlyDictionary<string, byte[]> files, string file, CancellationToken cancellationToken)
    {
        CheckName(file);
        if (!files.ContainsKey(file))
            throw Missing(file);
        using var work = new WorkFolder(workFolder);
        foreach (var (path, content) in files)
        {
            // What has an odd name cannot be imported either.
            if (!IsName(path))
                continue;
            var target = Path.Combine(work.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, content, cancellationToken);
        }

        return await CompileAsync(work.Root, file, cancellationToken);
    }

    private static void CheckName(string file)
    {
        if (!IsName(file))
            throw FairleadException.Invalid($"The contract '{file}' is no path of a .proto file within the repository: write it like 'protos/answers.proto'.");
    }

    internal static bool IsName(string path) =>
        path.EndsWith(Extension, StringComparison.Ordinal)
        && !path.Any(character => character is '\\' or ':' or ',' or '=' || char.IsControl(character))
        && path[0] is not '-' and not '@'
        && path.Split('/').All(part => part is not ("" or "." or ".."));

    private static FairleadException Missing(string file) =>
        FairleadException.Invalid($"The contract '{file}' does not exist in the repository: add the file, or correct the path in 'contract:'.");
}
