using Fairlead.Grpc.Protocols.Reflection.V1;
using Google.Protobuf.Reflection;
using Asked = Fairlead.Grpc.Protocols.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;

namespace Fairlead.Grpc.Server;

/// <summary>
/// gRPC server reflection over a set of descriptors, as <c>grpc.reflection.v1</c> and <c>v1alpha</c>: their messages are the same bytes.
/// </summary>
public sealed class GrpcReflectionService : IGrpcService
{
    private readonly ReflectionIndex index;

    /// <param name="descriptors">The files of the services; what they import is found through them, and reflection adds its own.</param>
    public GrpcReflectionService(IEnumerable<FileDescriptor> descriptors) =>
        index = new ReflectionIndex([.. descriptors, ReflectionReflection.Descriptor, Protocols.Reflection.V1Alpha.ReflectionReflection.Descriptor]);

    public IEnumerable<GrpcMethod> Methods =>
    [
        new("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", AnswerAsync),
        new("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", AnswerAsync),
    ];

    private async ValueTask AnswerAsync(GrpcServerCall call)
    {
        while (await call.ReadAsync().ConfigureAwait(false))
        {
            call.Write(Answer(call.Parse(ServerReflectionRequest.Parser)));
            await call.FlushAsync().ConfigureAwait(false);
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case Asked.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { index.Services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            case Asked.FileByFilename:
                AnswerFile(response, index.FindFile(request.FileByFilename), $"There is no file '{request.FileByFilename}'.");
                break;
            case Asked.FileContainingSymbol:
                AnswerFile(response, index.FindSymbol(request.FileContainingSymbol), $"There is no symbol '{request.FileContainingSymbol}'.");
                break;
            case Asked.FileContainingExtension:
                var asked = request.FileContainingExtension;
                AnswerFile(response, index.FindExtension(asked.ContainingType, asked.ExtensionNumber), $"The message '{asked.ContainingType}' has no extension {asked.ExtensionNumber}.");
                break;
            case Asked.AllExtensionNumbersOfType:
                AnswerExtensions(response, request.AllExtensionNumbersOfType);
                break;
            default:
                Refuse(response, GrpcStatusCode.InvalidArgument, "The request asks for nothing that is known; ask for services, files, symbols or extensions.");
                break;
        }

        return response;
    }

    private void AnswerExtensions(ServerReflectionResponse response, string type)
    {
        if (index.FindExtensionNumbers(type) is { } numbers)
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
        else
            Refuse(response, GrpcStatusCode.NotFound, $"There is no message '{type}'.");
    }

    private static void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string absent)
    {
        if (file is null)
            Refuse(response, GrpcStatusCode.NotFound, absent);
        else
            response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { ReflectionIndex.WithDependencies(file) } };
    }

    private static void Refuse(ServerReflectionResponse response, GrpcStatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };
}
