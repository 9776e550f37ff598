using System.Text;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>Contracts whose text is a list of methods, a line each: one that is gone breaks.</summary>
internal sealed class FakeContracts : IContractCompiler, IContractComparer
{
    public Dictionary<string, string> Files { get; } = [];

    public Task<byte[]> CompileAsync(string folder, string file, CancellationToken cancellationToken) =>
        Files.TryGetValue(file, out var text)
            ? Task.FromResult(Encoding.UTF8.GetBytes(text))
            : throw FairleadException.Invalid($"The contract '{file}' does not exist.");

    public Task<byte[]> CompileAsync(IReadOnlyDictionary<string, byte[]> files, string file, CancellationToken cancellationToken) => Task.FromResult(files[file]);

    public IReadOnlyList<ContractChange> Compare(byte[] released, byte[] candidate) =>
        [.. Lines(released).Except(Lines(candidate)).Select(method => new ContractChange(method, ContractRule.MethodRemoved, ContractLevel.Wire, $"Method '{method}' was removed."))];

    private static string[] Lines(byte[] text) => Encoding.UTF8.GetString(text).Split('\n');
}
