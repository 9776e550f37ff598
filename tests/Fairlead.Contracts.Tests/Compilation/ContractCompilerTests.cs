using System.Text;
using Fairlead.Contracts.Compilation;
using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Problems;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Tests.Compilation;

public sealed class ContractCompilerTests : IDisposable
{
    private const string Service = "service S { rpc Do(M) returns (M); }";
    private readonly TestFolder folder = new();
    private readonly ContractCompiler compiler = Contract.Compiler;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Compile_FileWithImports_HoldsThemAllAndTheFileLast()
    {
        folder.Write("protos/common/kind.proto", "syntax = \"proto3\"; package c; enum Kind { A = 0; }")
            .Write("protos/beside.proto", "syntax = \"proto3\"; package b; message B {}")
            .Write("protos/main.proto", $"syntax = \"proto3\"; package p; import \"protos/common/kind.proto\"; import \"beside.proto\"; import \"google/protobuf/any.proto\"; message M {{ c.Kind kind = 1; b.B b = 2; google.protobuf.Any any = 3; }} {Service}");

        var descriptors = await compiler.CompileAsync(folder.Root, "protos/main.proto", Token);

        var names = FileDescriptorSet.Parser.ParseFrom(descriptors).File.Select(file => file.Name);
        Assert.Equal(["protos/common/kind.proto", "beside.proto", "google/protobuf/any.proto", "protos/main.proto"], names);
    }

    [Fact]
    public async Task Compile_SameFilesFromBytesAndFolder_GivesTheSameBytes()
    {
        var text = $"syntax = \"proto3\"; package p; import \"other.proto\"; message M {{ O o = 1; }} {Service}";
        const string other = "syntax = \"proto3\"; package p; message O {}";
        folder.Write("a/main.proto", text).Write("other.proto", other);
        var files = new Dictionary<string, byte[]>
        {
            ["a/main.proto"] = Encoding.UTF8.GetBytes(text),
            ["other.proto"] = Encoding.UTF8.GetBytes(other),
            ["a/readme.md"] = [1, 2, 3],
            ["../escape.proto"] = [1, 2, 3],
        };

        var fromBytes = await compiler.CompileAsync(files, "a/main.proto", Token);

        Assert.Equal(await compiler.CompileAsync(folder.Root, "a/main.proto", Token), fromBytes);
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "escape.proto")));
    }

    [Fact]
    public async Task Compile_Errors_TellsEachWithLineAndColumnAndNoWarning()
    {
        folder.Write("protos/main.proto", $"syntax = \"proto3\";\nimport \"google/protobuf/any.proto\";\nmessage M {{\n  string x = 1;\n  int32 x = 2;\n  Foo y = 3;\n}}\n{Service}\n");

        var problem = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(folder.Root, "protos/main.proto", Token));

        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Equal("protos/main.proto:5:9: \"x\" is already defined in \"M\".\nprotos/main.proto:6:3: \"Foo\" is not defined.", problem.Message);
    }

    [Fact]
    public async Task Compile_MissingImport_NamesItAndThePlace()
    {
        folder.Write("main.proto", $"syntax = \"proto3\";\nimport \"nowhere.proto\";\nmessage M {{}}\n{Service}");

        var problem = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(folder.Root, "main.proto", Token));

        Assert.Contains("main.proto:2:1: Import \"nowhere.proto\" was not found", problem.Message);
    }

    [Fact]
    public async Task Compile_ThousandErrors_IsBounded()
    {
        var fields = string.Concat(Enumerable.Range(1, 1000).Select(number => $"  Foo{number} f{number} = {number};\n"));
        folder.Write("main.proto", $"syntax = \"proto3\";\nmessage M {{\n{fields}}}\n{Service}");

        var problem = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(folder.Root, "main.proto", Token));

        Assert.Equal(51, problem.Message.Split('\n').Length);
        Assert.EndsWith("and 950 problems more.", problem.Message);
    }

    [Fact]
    public async Task Compile_NoService_SaysSo()
    {
        folder.Write("main.proto", "syntax = \"proto3\"; message M {}");

        var problem = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(folder.Root, "main.proto", Token));

        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Contains("'main.proto' declares no service", problem.Message);
    }

    [Theory]
    [InlineData("absent.proto", "does not exist")]
    [InlineData("../main.proto", "is no path")]
    [InlineData("/etc/main.proto", "is no path")]
    [InlineData("a//main.proto", "is no path")]
    [InlineData("./main.proto", "is no path")]
    [InlineData("main.txt", "is no path")]
    [InlineData("--plugin=x.proto", "is no path")]
    [InlineData("@list.proto", "is no path")]
    [InlineData("a\nb.proto", "is no path")]
    [InlineData("", "is no path")]
    public async Task Compile_BadPath_IsInvalid(string file, string sentence)
    {
        var fromFolder = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(folder.Root, file, Token));
        var fromBytes = await Assert.ThrowsAsync<FairleadException>(() => compiler.CompileAsync(new Dictionary<string, byte[]>(), file, Token));

        Assert.Equal(ProblemKind.Invalid, fromFolder.Kind);
        Assert.Contains(sentence, fromFolder.Message);
        Assert.Equal(fromFolder.Message, fromBytes.Message);
    }

    [Fact]
    public async Task Compile_FolderWithColonAndSpace_IsOnePath()
    {
        folder.Write("odd: name/sub folder/main.proto", $"syntax = \"proto3\"; package p; import \"beside.proto\"; message M {{ B b = 1; }} {Service}")
            .Write("odd: name/sub folder/beside.proto", "syntax = \"proto3\"; package p; message B {}");

        var descriptors = await compiler.CompileAsync(Path.Combine(folder.Root, "odd: name"), "sub folder/main.proto", Token);

        Assert.NotEmpty(descriptors);
    }

    [Fact]
    public async Task Compile_FacadeThatImportsPublicly_HasTheServicesOfBoth()
    {
        var descriptors = await Contract.CompileAsync(
            "syntax = \"proto3\"; package p; import public \"a.proto\"; import \"b.proto\"; message N { b.M m = 1; } ",
            ("a.proto", $"syntax = \"proto3\"; package a; message M {{}} {Service}"),
            ("b.proto", $"syntax = \"proto3\"; package b; message M {{}} {Service}"));

        Assert.Equal(["a.S"], new PayloadReaders().Open(descriptors).Services);
    }

    [Fact]
    public async Task Compile_NoCompiler_SaysWhatCannotBeStarted()
    {
        folder.Write("main.proto", $"syntax = \"proto3\"; message M {{}} {Service}");
        var broken = new ContractCompiler(ProtocProgram.Beside(folder.Root, TimeProvider.System));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => broken.CompileAsync(folder.Root, "main.proto", Token));

        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.Contains("cannot be started", problem.Message);
    }

    [Fact]
    public async Task Compile_CompilerThatNeverEnds_IsEnded()
    {
        folder.Write("main.proto", $"syntax = \"proto3\"; message M {{}} {Service}").Write("protoc", "#!/bin/sh\necho $$ > pid\nexec sleep 1000\n");
        var program = Path.Combine(folder.Root, "protoc");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var hanging = new ContractCompiler(new ProtocProgram(program, folder.Root, TimeProvider.System, TimeSpan.FromMilliseconds(300)));

        var problem = await Assert.ThrowsAsync<FairleadException>(() => hanging.CompileAsync(folder.Root, "main.proto", Token));

        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.Contains("did not compile within", problem.Message);
    }

    [Fact]
    public async Task Compile_Cancelled_Throws()
    {
        folder.Write("main.proto", $"syntax = \"proto3\"; message M {{}} {Service}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compiler.CompileAsync(folder.Root, "main.proto", new CancellationToken(canceled: true)));
    }
}
