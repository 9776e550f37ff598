using System.Text;
using Fairlead.Contracts.Compilation;

namespace Fairlead.Contracts.Tests;

/// <summary>Contracts compiled with the real compiler.</summary>
internal static class Contract
{
    public static ContractCompiler Compiler { get; } = new(TimeProvider.System);

    /// <summary>Compiled once.</summary>
    public static Task<byte[]> Rich { get; } = Compiler.CompileAsync(Path.Combine(AppContext.BaseDirectory, "Protos"), "rich.proto", CancellationToken.None);

    /// <param name="text">Of the whole file, or, when it names no syntax, what stands behind the package <c>p</c> and a service that takes and gives <c>M</c>.</param>
    public static Task<byte[]> CompileAsync(string text, params (string File, string Text)[] imports)
    {
        var whole = text.Contains("syntax =") || text.Contains("edition =")
            ? text
            : $"syntax = \"proto3\"; package p; service S {{ rpc Do(M) returns (M); }}\n{text}";
        var files = imports.Append(("contract.proto", whole)).ToDictionary(file => file.Item1, file => Encoding.UTF8.GetBytes(file.Item2));
        return Compiler.CompileAsync(files, "contract.proto", CancellationToken.None);
    }
}
