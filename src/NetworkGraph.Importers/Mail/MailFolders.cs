using System.Collections.Frozen;
using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Importers.Mail;

/// <summary>What a label or folder of a mailbox means, in the languages that mail programs speak.</summary>
internal enum MailFolder
{
    Other,
    Sent,
    Draft,
    Spam,
    Trash,
    Chat,
}

internal static class MailFolders
{
    private static readonly FrozenDictionary<string, MailFolder> s_byName = new (MailFolder Folder, string Names)[]
    {
        (MailFolder.Sent, "sent,sentmail,sentitems,sentmessages,gesendet,gesendete,gesendeteobjekte,gesendeteelemente,envoyes,"
            + "messagesenvoyes,elementsenvoyes,enviados,enviado,elementosenviados,inviati,postainviata,"
            + "verzonden,verzondenitems,itensenviados,skickat,skickade,sendt,wyslane,odeslane"),
        (MailFolder.Draft, "draft,drafts,entwurf,entwurfe,entwuerfe,brouillon,brouillons,borrador,borradores,bozze,concepten,rascunhos,"
            + "rascunho,utkast,kladder,szkice,koncepty,robocze"),
        (MailFolder.Spam, "spam,junk,junkemail,junkmail,bulkmail,courrierindesirable,indesirables,correonodeseado,nodeseado,"
            + "postaindesiderata,ongewenstemail,lixoeletronico,skrappost,werbung"),
        (MailFolder.Trash, "trash,deleted,deleteditems,deletedmessages,bin,papierkorb,geloscht,geloschteelemente,geloschteobjekte,"
            + "corbeille,elementssupprimes,papelera,elementoseliminados,eliminados,cestino,prullenbak,lixeira,papperskorgen,kosz"),
        (MailFolder.Chat, "chat,chats,hangouts"),
    }.SelectMany(f => f.Names.Split(',').Select(name => (name, f.Folder))).ToFrozenDictionary(
        f => f.name, f => f.Folder, StringComparer.Ordinal);

    public static MailFolder Of(string name)
    {
        var folded = CsvHeadings.Fold(name);
        if (folded.StartsWith("gmail", StringComparison.Ordinal) && folded.Length > 5) folded = folded[5..];
        return s_byName.GetValueOrDefault(folded);
    }

    /// <summary>What the folders say that a message's file lies in; its own name is a host's, or a subject.</summary>
    public static MailFolder OfFolders(string path) => path.LastIndexOf('/') is > 0 and var end ? OfPath(path[..end]) : MailFolder.Other;

    /// <summary>What the path of a mailbox's file says of the messages in it.</summary>
    public static MailFolder OfPath(string path)
    {
        foreach (var part in path.Split('/', '.').Reverse())
            if (Of(part) is not MailFolder.Other and var folder) return folder;
        return MailFolder.Other;
    }
}
