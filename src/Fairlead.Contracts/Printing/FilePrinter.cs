using Fairlead.Domain.Problems;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Printing;

/// <summary>Writes one file.</summary>
internal sealed class FilePrinter(FileDescriptorProto file)
{
    private const string Newest = "proto3";
    private const int EnumMaximum = int.MaxValue;
    private readonly ProtoText text = new();
    private readonly MessagePrinter messages = new(file.Syntax == Newest);

    /// <param name="pathOf">Where an imported file lies now.</param>
    public string Print(Func<string, string> pathOf)
    {
        if (file.Syntax is not ("" or "proto2" or Newest))
            throw FairleadException.Invalid($"The file '{file.Name}' is written in '{file.Syntax}', which only its own .proto file can say: copy that into the repository.");
        text.Line(ContractPrinter.Heading);
        text.Line($"syntax = \"{(file.Syntax.Length == 0 ? "proto2" : file.Syntax)}\";");
        if (file.HasPackage)
            text.Line($"package {file.Package};");
        for (var i = 0; i < file.Dependency.Count; i++)
            text.Line($"import {(file.PublicDependency.Contains(i) ? "public " : "")}{ProtoText.Quoted(pathOf(file.Dependency[i]))};");
        foreach (var service in file.Service)
            Print(service);
        foreach (var type in file.EnumType)
        {
            text.Blank();
            Print(type, text);
        }

        foreach (var message in file.MessageType)
        {
            text.Blank();
            messages.Print(message, text);
        }

        messages.PrintExtensions(file.Extension, text);
        return text.ToString();
    }

    public static void Print(EnumDescriptorProto type, ProtoText text) => text.Block($"enum {type.Name}", () =>
    {
        if (type.Options?.AllowAlias == true)
            text.Line("option allow_alias = true;");
        foreach (var value in type.Value)
            text.Line($"{value.Name} = {value.Number};");
        foreach (var range in type.ReservedRange)
            text.Line($"reserved {Range(range.Start, range.End, EnumMaximum)};");
        PrintNames(type.ReservedName, text);
    });

    public static void PrintNames(IReadOnlyCollection<string> reserved, ProtoText text)
    {
        if (reserved.Count > 0)
            text.Line($"reserved {string.Join(", ", reserved.Select(ProtoText.Quoted))};");
    }

    /// <param name="last">Inclusive.</param>
    public static string Range(int first, int last, int maximum) =>
        first == last ? $"{first}" : $"{first} to {(last >= maximum ? "max" : $"{last}")}";

    private void Print(ServiceDescriptorProto service)
    {
        text.Blank();
        text.Block($"service {service.Name}", () =>
        {
            foreach (var method in service.Method)
                text.Line($"rpc {method.Name}({(method.ClientStreaming ? "stream " : "")}{method.InputType}) returns ({(method.ServerStreaming ? "stream " : "")}{method.OutputType});");
        });
    }
}
