using System.Text;
using Fairlead.Contracts.Comparison;
using Fairlead.Contracts.Printing;
using Fairlead.Domain.Problems;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Tests.Printing;

public sealed class ContractPrinterTests
{
    private const string Older =
        """
        syntax = "proto2";
        package old.er;
        import public "google/protobuf/timestamp.proto";
        service S { rpc Do(stream M) returns (stream M.Inner) {} }
        enum Kind { option allow_alias = true; NONE = 0; ALSO_NONE = 0; LESS = -3; reserved 5 to 9, 100 to max; reserved "GONE"; }
        message M {
          message Inner { required string a = 1 [default = "a\"b\\ä\n"]; extensions 100 to 199, 1000 to max; }
          optional bytes b = 1 [default = "\000\"\377"];
          optional double c = 2 [default = inf];
          optional Kind kind = 3 [default = LESS];
          repeated int32 packed = 4 [packed = true, deprecated = true];
          map<string, Inner> by_name = 5;
          oneof choice { Inner inner = 6; sfixed64 number = 7; }
          optional google.protobuf.Timestamp at = 8 [json_name = "@at"];
          extend Inner { repeated Kind kinds = 100; }
          reserved 20, 30 to 40; reserved "x", "y";
        }
        extend M.Inner { optional string note = 101; }
        """;

    public static TheoryData<string> Files => ["rich.proto", "older"];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Print_Compiled_SaysTheSame(string name)
    {
        var original = name == "older" ? await Contract.CompileAsync(Older) : await Contract.Rich;

        var printed = ContractPrinter.Print(FilesOf(original), "some/where");
        var main = printed[^1];
        var texts = printed.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text));
        var compiled = await Contract.Compiler.CompileAsync(texts, main.Path, TestContext.Current.CancellationToken);

        Assert.True(main.HasServices);
        Assert.StartsWith("some/where/", main.Path, StringComparison.Ordinal);
        Assert.StartsWith(ContractPrinter.Heading, main.Text, StringComparison.Ordinal);
        var comparer = new ContractComparer();
        Assert.Empty(comparer.Compare(main.Descriptors, compiled));
        Assert.Empty(comparer.Compare(compiled, main.Descriptors));
        Assert.Equal(Bare(original), Bare(compiled));
    }

    [Theory]
    [InlineData("../up.proto")]
    [InlineData("/etc/x.proto")]
    [InlineData("a//b.proto")]
    [InlineData("passwd")]
    [InlineData("a\nb.proto")]
    public void Print_NameThatIsNoPath_IsRefused(string name)
    {
        var file = new FileDescriptorProto { Name = name, Syntax = "proto3" };

        var problem = Assert.Throws<FairleadException>(() => ContractPrinter.Print([file.ToByteArray()], "protos"));

        Assert.Equal(ProblemKind.Invalid, problem.Kind);
    }

    [Fact]
    public async Task Print_WhatOnlyTheFileCanSay_IsRefused()
    {
        var group = await Contract.CompileAsync("syntax = \"proto2\"; package p; service S { rpc Do(M) returns (M); } message M { optional group G = 1 { optional int32 a = 2; } }");
        var edition = new FileDescriptorProto { Name = "a.proto", Syntax = "editions" };

        Assert.Contains("group", Assert.Throws<FairleadException>(() => ContractPrinter.Print(FilesOf(group), "")).Message, StringComparison.Ordinal);
        Assert.Contains("editions", Assert.Throws<FairleadException>(() => ContractPrinter.Print([edition.ToByteArray()], "")).Message, StringComparison.Ordinal);
    }

    private static List<byte[]> FilesOf(byte[] set) => [.. FileDescriptorSet.Parser.ParseFrom(set).File.Select(file => file.ToByteArray())];

    /// <summary>The last file without what names it, in the order of its numbers.</summary>
    private static string Bare(byte[] set)
    {
        var file = FileDescriptorSet.Parser.ParseFrom(set).File[^1];
        file.Name = "";
        file.Dependency.Clear();
        file.Options = null;
        foreach (var method in file.Service.SelectMany(service => service.Method))
            method.Options = null;
        foreach (var message in file.MessageType)
            Normalize(message);
        return file.ToString();
    }

    private static void Normalize(DescriptorProto message)
    {
        message.Options = message.Options?.MapEntry == true ? message.Options : null;
        var (fields, nested) = (message.Field.OrderBy(field => field.Number).ToList(), message.NestedType.OrderBy(type => type.Name, StringComparer.Ordinal).ToList());
        message.Field.Clear();
        message.Field.AddRange(fields);
        message.NestedType.Clear();
        message.NestedType.AddRange(nested);
        foreach (var inner in nested)
            Normalize(inner);
    }
}
