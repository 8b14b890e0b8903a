using System.Text;

namespace NetworkGraph.Demo;

/// <summary>Given names and surnames of fifteen cultures, and how a name is written in an e-mail address.</summary>
internal static class DemoNames
{
    private static readonly (string Given, string Surnames)[] s_cultures =
    [
        ("Alice Oliver Charlotte George Emily Harry Sophie Thomas Grace James Hannah Edward Lucy William Megan Daniel Ruth Simon "
            + "Naomi Peter",
            "Ashworth Bennett Carter Dawson Ellison Fletcher Grant Hughes Irving Jennings Kirby Lawson Mercer Norris Osborne Parker "
                + "Reeves Sutton Turner Whitfield"),
        ("Anna Lukas Lena Felix Marie Jonas Katharina Paul Johanna Maximilian Sabine Jürgen Greta Moritz Ulrike Stefan Heike Tobias "
            + "Frieda Jörg",
            "Albrecht Becker Brandt Dietrich Engel Fischer Graf Hartmann Jäger Keller Lehmann Möller Neumann Pfeiffer Richter Schäfer "
                + "Schröder Vogel Winkler Zimmermann"),
        ("Camille Hugo Chloé Louis Manon Gabriel Élodie Antoine Juliette Mathieu Inès Rémi Margaux Thibault Claire François Hélène "
            + "Bastien Noémie Luc",
            "Aubert Bonnet Chevalier Dufour Étienne Fontaine Garnier Henry Lacroix Lefèvre Marchand Moreau Noël Perrin Renaud Rousseau "
                + "Simon Thévenet Vasseur Weber"),
        ("Giulia Marco Chiara Luca Francesca Matteo Elena Davide Martina Andrea Silvia Paolo Ilaria Stefano Beatrice Nicolò Serena "
            + "Riccardo Valentina Enzo",
            "Amato Barbieri Conti D'Angelo Esposito Ferrari Gallo Leone Mancini Negri Orlando Pellegrini Ricci Rinaldi Santoro Testa "
                + "Valentini Villa Zanetti Greco"),
        ("Lucía Mateo Sofía Pablo Carmen Javier Inés Álvaro Marta Diego Nuria Sergio Pilar Rubén Elisa Joaquín Rocío Iván Teresa Andrés",
            "Aguilar Blanco Castillo Delgado Espinosa Fuentes García Herrera Ibáñez Jiménez Lozano Márquez Navarro Ortega Peña Ramírez "
                + "Salazar Torres Vega Zamora"),
        ("Beatriz João Mariana Tiago Inês Rui Catarina Gonçalo Leonor Nuno Filipa Duarte Joana Miguel Sara Afonso Rita Henrique "
            + "Matilde Vasco",
            "Almeida Barros Cardoso Domingues Esteves Ferreira Gomes Henriques Lopes Machado Nogueira Oliveira Pacheco Quintela Ribeiro "
                + "Santos Teixeira Valente Xavier Moura"),
        ("Zofia Jakub Agnieszka Piotr Małgorzata Tomasz Katarzyna Michał Ewa Paweł Hanna Krzysztof Iwona Łukasz Joanna Marek Alicja "
            + "Wojciech Dorota Bartosz",
            "Adamczyk Borkowski Czarnecki Dąbrowski Duda Gajewski Jabłoński Kowalczyk Lis Majewski Nowak Olszewski Pawlak Rutkowski "
                + "Sikora Szymański Walczak Wójcik Zając Zieliński"),
        ("Astrid Erik Ingrid Lars Freja Mikkel Sigrid Anders Elin Magnus Kirsten Jens Maja Henrik Solveig Søren Linnéa Gustav Åsa Bjørn",
            "Andersson Berg Christensen Dahl Eriksen Forsberg Gustafsson Hansen Iversen Johansson Kjær Lindqvist Madsen Nyström Olsen "
                + "Pedersen Rasmussen Sørensen Thorsen Åkesson"),
        ("Eleni Nikos Maria Dimitris Katerina Giorgos Ioanna Kostas Sofia Yannis Despina Stavros Vasiliki Petros Anthi Christos Danae "
            + "Michalis Zoe Alexandros",
            "Alexiou Christodoulou Dimopoulos Economou Fotiadis Georgiou Hatzis Ioannidis Karagiannis Lambrou Makris Nikolaidis Oikonomou "
                + "Papadakis Raptis Samaras Theodorou Vlachos Xenakis Zervas"),
        ("Aylin Emre Zeynep Mert Elif Kerem Defne Burak Selin Can Nazlı Onur Ebru Tolga Gülşen Hakan Derya Serkan Ceren Barış",
            "Aksoy Bulut Çelik Demir Erdoğan Güneş Işık Kaplan Kılıç Koç Özdemir Polat Şahin Tekin Uçar Yalçın Yıldız Yılmaz Aydın Doğan"),
        ("Layla Omar Yasmin Karim Nour Tariq Salma Hassan Rania Youssef Amina Khalid Hala Samir Dina Walid Mona Rashid Zainab Ibrahim",
            "Abbas Bakri Darwish Fahmy Ghanem Haddad Idris Jaber Khoury Lahlou Mansour Nasser Othman Qasim Rahman Saleh Tahir Wahab "
                + "Younis Zaki"),
        ("Adaeze Chidi Folake Emeka Ngozi Tunde Ifeoma Segun Amaka Kelechi Yetunde Obinna Bisi Chinedu Temitope Uche Simisola Ikenna "
            + "Ronke Babajide",
            "Abiola Adeyemi Balogun Chukwu Danjuma Eze Fashola Igwe Johnson Kalu Lawal Mbah Nwosu Obi Okafor Okonkwo Oyelaran Sanusi Uzor "
                + "Williams"),
        ("Wanjiru Kamau Akinyi Otieno Njeri Mwangi Achieng Kiprono Wambui Odhiambo Chebet Mutua Nyambura Barasa Atieno Kimani Zawadi Juma "
            + "Neema Baraka",
            "Gathoni Githinji Kariuki Kibet Kiplagat Macharia Maina Mbugua Muthoni Mwende Ndungu Njoroge Nyong'o Ochieng Oduya Ouma Ruto "
                + "Wafula Wanyama Waweru"),
        ("Priya Arjun Ananya Rohan Kavya Vikram Meera Aditya Shreya Rahul Nandini Sanjay Divya Karthik Pooja Suresh Lakshmi Nikhil Ritu "
            + "Farhan",
            "Agarwal Banerjee Chatterjee Desai Fernandes Gupta Iyer Joshi Kapoor Krishnan Malhotra Menon Nair Patel Rao Reddy Sharma "
                + "Singh Thomas Varma"),
        ("Mei Wei Xiaoling Hao Linh Minh Yuki Haruto Jiwoo Minjun Hui Jun Thảo Quang Aiko Kenji Soyeon Donghyun Lan Bao",
            "Chen Chang Dang Fujimoto Gao Han Huang Ito Kim Lee Lin Mori Nguyễn Park Phạm Sato Tanaka Trần Wang Zhao"),
    ];

    private static readonly string[][] s_given = [.. s_cultures.Select(c => c.Given.Split(' '))];
    private static readonly string[][] s_surnames = [.. s_cultures.Select(c => c.Surnames.Split(' '))];

    /// <summary>Three in five come from where they live; the others from anywhere; now and then a name joins two cultures.</summary>
    public static (string Given, string Surname) Draw(int homeCulture, DemoRandom random)
    {
        var culture = random.Chance(0.6) ? homeCulture : random.Below(s_given.Length);
        var other = random.Chance(0.04) ? random.Below(s_given.Length) : culture;
        return (random.Pick(s_given[culture]), random.Pick(s_surnames[other]));
    }

    /// <summary>Lower-case ASCII letters and digits; other runs become one of <paramref name="separator"/>.</summary>
    public static string Address(string text, char separator)
    {
        var address = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var plain = Plain(char.ToLowerInvariant(letter));
            if (plain.Length > 0) address.Append(plain);
            else if (letter is not '\'' && address.Length > 0 && address[^1] != separator) address.Append(separator);
        }
        return address.ToString().TrimEnd(separator);
    }

    private static string Plain(char letter) => letter switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => letter.ToString(),
        'ä' or 'á' or 'à' or 'â' or 'ã' or 'å' or 'ą' or 'ả' or 'ạ' or 'ầ' => "a",
        'æ' => "ae",
        'ç' or 'ć' => "c",
        'é' or 'è' or 'ê' or 'ë' or 'ę' or 'ễ' => "e",
        'ğ' => "g",
        'í' or 'î' or 'ï' or 'ì' or 'ı' => "i",
        'ł' => "l",
        'ñ' or 'ń' => "n",
        'ö' or 'ó' or 'ò' or 'ô' or 'õ' or 'ø' => "o",
        'ş' or 'ś' => "s",
        'ü' or 'ú' or 'ù' or 'û' => "u",
        'ź' or 'ż' => "z",
        _ => "",
    };
}
