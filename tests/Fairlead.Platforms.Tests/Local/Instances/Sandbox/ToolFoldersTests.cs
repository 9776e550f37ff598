using Fairlead.Sandbox;

namespace Fairlead.Platforms.Tests.Local.Instances.Sandbox;

public sealed class ToolFoldersTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly string code;

    public ToolFoldersTests()
    {
        code = folder.File("code");
        Directory.CreateDirectory(code);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Program_OfTheSystem_NeedsNoFolder() => Assert.Empty(Of("/bin/sh -c 'ls' && env true | sort", "/usr/bin:/bin"));

    [Fact]
    public void Program_BelowABin_NeedsTheRootOfTheTool()
    {
        Place("node/bin/node", "binary");

        Assert.Equal([folder.File("node")], Of("exec node server.js", folder.File("node/bin")));
    }

    [Fact]
    public void Script_InTheCode_NeedsTheToolOfItsFirstLine()
    {
        Place("py/bin/python9", "binary");
        Place("code/serve", "#!/usr/bin/env python9\nimport x\n");

        Assert.Equal([folder.File("py")], Of("./serve --port $PORT", $"/usr/bin:{folder.File("py/bin")}"));
    }

    [Fact]
    public void Link_ToAnotherTool_NeedsBoth()
    {
        Place("real/bin/python", "binary");
        Directory.CreateDirectory(folder.File("venv/bin"));
        File.CreateSymbolicLink(folder.File("venv/bin/python"), folder.File("real/bin/python"));

        Assert.Equal([folder.File("real"), folder.File("venv")], Of("python -m serve", folder.File("venv/bin")));
    }

    [Fact]
    public void Program_BesideTheProject_NeverShowsTheProject()
    {
        Place("bin/tool", "binary");

        Assert.Equal([folder.File("bin")], ToolFolders.Of("tool", code, folder.File("bin"), folder.File("project")));
    }

    [Fact]
    public void Words_ThatAreNoPrograms_NeedNothing() => Assert.Empty(Of("$(a) 'b c' > /dev/null; \"", "/usr/bin::relative"));

    private IReadOnlyList<string> Of(string command, string searchPath) => ToolFolders.Of(command, code, searchPath, "/somewhere/else");

    private void Place(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), content);
        File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
