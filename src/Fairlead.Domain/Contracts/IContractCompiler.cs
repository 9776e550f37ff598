namespace Fairlead.Domain.Contracts;

/// <summary>The seam that turns the .proto file of a contract into descriptors.</summary>
public interface IContractCompiler
{
    /// <summary>
    /// Compiles one file of a folder. Imports are looked up below the folder, then beside the file, then among the well-known types.
    /// </summary>
    /// <param name="folder">Usually the root of the repository.</param>
    /// <param name="file">Relative to the folder, with forward slashes, such as <c>protos/briefing.proto</c>.</param>
    /// <returns>A serialized <c>google.protobuf.FileDescriptorSet</c>: what the file imports first, the file itself last. The same files give the same bytes.</returns>
    /// <exception cref="Problems.FairleadException">
    /// Invalid when there is no such file, when it does not compile (every problem, a line each, as <c>file:line:column: sentence</c>), or when it
    /// declares no service; Failed when the compiler cannot be started or does not end.
    /// </exception>
    Task<byte[]> CompileAsync(string folder, string file, CancellationToken cancellationToken);

    /// <summary>The same for files that lie in no folder, such as those of a commit.</summary>
    /// <param name="files">By path with forward slashes; other files than .proto files are ignored.</param>
    /// <param name="file">One of the paths.</param>
    /// <exception cref="Problems.FairleadException">As above.</exception>
    Task<byte[]> CompileAsync(IReadOnlyDictionary<string, byte[]> files, string file, CancellationToken cancellationToken);
}
