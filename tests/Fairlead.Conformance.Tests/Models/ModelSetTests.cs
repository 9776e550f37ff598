using Fairlead.Conformance.Tests.Running;

namespace Fairlead.Conformance.Tests.Models;

public sealed class ModelSetTests
{
    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        using var first = new TempFolder();
        using var second = new TempFolder();
        ModelSet.Write(first.Path);
        ModelSet.Write(second.Path);

        var files = Files(first.Path);
        Assert.Equal(files, Files(second.Path));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(first.Path, file)), File.ReadAllBytes(Path.Combine(second.Path, file))));
        Assert.Equal(ModelSet.Names.Count + 1, files.Count);
        Assert.Contains("versioned/2/model.onnx", files);
    }

    [Fact]
    public void Names_OfIdentities_CoverEveryDatatype() => Assert.All(
        (string[])["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES", "BF16"],
        datatype => Assert.Contains(ModelSet.Identity(datatype), ModelSet.Names));

    private static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
